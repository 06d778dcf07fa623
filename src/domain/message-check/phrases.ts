// What the wording rules look for, a sentence at a time. No pattern has a choice inside a repetition: each reads a sentence once.

/** Instructions to a writing program, and what one says around the text that was asked for. */
export const PROMPTS: readonly RegExp[] = [
  /\bas an (?:ai|artificial intelligence)(?: language)? (?:model|assistant)\b|\bas a (?:large )?language model,? i\b/gi,
  /\bi(?:'m| am) (?:just )?an? (?:ai|language model)\b/gi,
  /\b(?:sure|certainly|of course|absolutely|happy to help)[,.!]? (?:here(?:'s| is| are)|i(?:'ve| have) (?:written|drafted))/gi,
  /\bhere(?:'s| is) (?:the|a|an|your|my) (?:(?:draft|revised|updated|polished|improved|short|shorter|final|personali[sz]ed|professional) ){0,2}(?:e-?mail|draft|version|rewrite|outreach|cover note|message)\b/gi,
  /\b(?:ignore|disregard|forget|override) (?:(?:all|any|the|your|of|my) ){0,3}(?:previous|prior|above|earlier|preceding|system) (?:instructions?|prompts?|messages?|rules?)\b/gi,
  /\b(?:your|my|reveal|show|print|repeat) (?:the )?(?:system|user) prompt\b/gi,
  /\byou are (?:chatgpt|claude|gemini|an? (?:helpful |ai |recruiting )*assistant)\b/gi,
  /^(?:please |now |(?:can|could|would) you )?(?:write|draft|compose|generate) (?:me )?an? (?:[a-z-]+ ){0,3}(?:e-?mail|message|rejection|reply) (?:to|for|that|in)\b/gi,
  /\blet me know if you(?:'d| would) like (?:me to|any) (?:adjust|revise|change|tweak|rewrite|shorten|edits|changes)/gi,
  /\bin an? (?:friendly|professional|warm|formal|casual) tone\b/gi,
  /<\|[a-z_]{1,20}\|>|\bnote to (?:the )?(?:ai|assistant|model|reviewer)\b/gi,
];

/** Questions about what somebody is paid or was. The pay range of the role is no history. */
export const PAY_HISTORY: readonly RegExp[] = [
  /\byour (?:current|present|previous|last|past|existing) (?:(?:base|annual|total|gross|monthly) )?(?:salary|pay|compensation|wages?|package|ctc|remuneration)\b/gi,
  /\b(?:current|present|previous|last) (?:employer'?s? |job'?s? )?(?:salary|ctc|compensation|wages?)\b(?! (?:range|band|scale|grade))/gi,
  /\b(?:salary|pay|compensation|wage) history\b/gi,
  /\bwhat (?:do|did|are|were|have) you (?:(?:currently|now|been|get|last|previously|being) ){0,2}(?:earn|earning|earned|make|making|paid)\b(?! (?:of|from|sure))/gi,
  /\bhow much (?:(?:do|did|are|were) you|you) (?:(?:currently|now|get|last|being) ){0,2}(?:earn|earning|earned|make|making|made|paid)\b/gi,
  /\bwhat you (?:(?:currently|now) )?(?:earn|earned|make|are paid|were paid) (?:now|today|at|in|there|currently|a year|per)\b/gi,
  /\b(?:pay ?slips?|pay ?stubs?|w-2)\b/gi,
];
export const NOT_ASKED =
  /\b(?:not|never|n't|nobody|without|no one)\b[^,;]{0,30}\b(?:ask|need|want|say|tell|share)/i;

/** The job, or an offer, said as a thing that will come. */
export const OFFERS: readonly RegExp[] = [
  /\b(?:pleased|happy|delighted|glad|excited|thrilled|like|want|going|able|ready|will|'ll|intend|plan)(?: to)? (?:formally )?offer you (?:the|a|this|our|an?) (?:[a-z-]+ ){0,3}(?:job|role|position|contract|offer|place|seat|post)\b/gi,
  /\b(?:pleased|happy|delighted|glad|excited|like|want|going|will|'ll|intend|plan)(?: to)? (?:make|extend|send)(?: you)? (?:an|the|our|your) (?:[a-z-]+ )?offer\b/gi,
  /\byou(?:'ll| will| are going to|'re going to) (?:get|receive|have|be getting|be made|hear) (?:an|the|our|your) (?:[a-z-]+ )?(?:offer|contract|job)\b/gi,
  /\b(?:the|this) (?:job|role|position|offer) is (?:yours|as good as yours)\b/gi,
  /\byou(?:'ve| have) got the (?:job|role|position)\b|\byou(?:'re| are) (?:hired|as good as hired)\b/gi,
  /\b(?:guarantee|guaranteed|promise|promised|assure)(?: you)? (?:that )?(?:an?|the|this|your|you)? ?(?:offer|job|role|position|contract)\b/gi,
  /\bwe(?:'ll| will|'re going to| are going to|'d like to| would like to| want to) hire you\b/gi,
  /\b(?:your|an|the) offer (?:letter )?(?:is on its way|will follow|will be with you|is coming)\b/gi,
  /\bwelcome (?:to the team|aboard|on board)\b/gi,
];
export const NO_PROMISE =
  /\b(?:not|never|cannot|n't|no)\b[^,;]{0,25}\b(?:promise|guarantee|offer|assure|hire|job is)/i;

/** Why somebody was turned down. */
export const REASONS: readonly RegExp[] = [
  /\b(?:because|due to|owing to|the reason|based on|given (?:that|your))\b/gi,
  /\b(?:lack(?:s|ed|ing)?|insufficient|weak(?:er|ness|nesses)?|shortcomings?)\b/gi,
  /\b(?:not|n't) (?:(?:quite|yet|really|a|an|have|show|seem|feel|be) ){0,3}(?:enough|meet|match|senior|strong|right|good|fit|experienced|qualified|convinced|the experience)\b/gi,
  /\b(?:other|another|stronger|better|more (?:experienced|senior|suitable|qualified)) (?:candidates?|applicants?|profiles?|person|people)\b/gi,
  /\b(?:overqualified|underqualified|culture fit|cultural fit|team fit|stronger fit|better fit|more experience)\b/gi,
  /\b(?:we|i|the panel|interviewers?) (?:felt|thought|found|were looking for|was looking for|are looking for|need somebody|need someone)\b/gi,
  /\byour (?:scores?|answers?|exercise|interviews?|experience|skills?|background|salary expectations?|submission|code|r[ée]sum[ée]) (?:was|were|is|are|did|do|does|fell|has|have)\b/gi,
];

/** What every advertisement says. */
export const BUZZWORDS: readonly RegExp[] = [
  /\b(?:rock ?stars?|ninjas?|gurus?|unicorns?|superstars?|10x (?:engineers?|developers?)|a-players?|top talents?)\b/gi,
  /\b(?:synerg(?:y|ies|istic)|passionate|fast[- ]paced|world[- ]class|best[- ]in[- ]class|game[- ]chang(?:ing|ers?)|cutting[- ]edge|bleeding[- ]edge|next[- ]level|thought leaders?(?:hip)?|self[- ]starters?)\b/gi,
  /\b(?:revolutioni[sz](?:e|es|ing)|revolutionary|disruptive|groundbreaking|visionary|mission[- ]driven|hyper-?growth)\b/gi,
  /\b(?:dynamic|vibrant) (?:team|environment|workplace|company|start-?up|individuals?)\b/gi,
  /\b(?:exciting|amazing|incredible|unique|once-in-a-lifetime) (?:opportunit(?:y|ies)|journey|role|challenges?|team)\b/gi,
  /\b(?:hit the ground running|move the needle|wear (?:many|multiple) hats|work hard,? play hard|like a family|take (?:it|us|things) to the next level|join (?:us on )?our journey)\b/gi,
];
