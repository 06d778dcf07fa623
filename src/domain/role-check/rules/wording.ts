import type { Rule } from "../finding.ts";
import type { Passage } from "../job-post.ts";
import { firstClaim } from "../negation.ts";
import { anyOf, has } from "../words.ts";

type Wording = { readonly pattern: RegExp; readonly why: string; readonly fix: string };

/** Wording that keeps people away, with what it says to them. */
const WORDINGS: readonly Wording[] = [
  {
    pattern: anyOf(
      "rock-?stars?|gurus?|unicorns?|super-?heroe?s?|superstars?|wizards?|jedis?|10x(?:er)?s?|10x (?:engineers?|developers?)|warriors?|samurai|ninjas|(?:coding|code|devops|mlops|ml|data|cloud|kubernetes|k8s|infra|pipeline|python|an?|our|these|true|real) (?:\\w+ )?ninja|magicians?|badass*|hackers? at heart|evangelists? of|kick-?ass",
    ),
    why: "Hero titles turn away people who judge themselves soberly, women more than men.",
    fix: "Name the work and the level.",
  },
  {
    pattern: anyOf(
      "young(?:,)?(?: and| &)? (?:\\w+,? )?(?:dynamic|energetic|hungry|ambitious|driven|hip|fun|fresh|motivated|minds?|people|professionals?|crowd|company culture|folks|talents?|engineers?|crew|guns?|at heart)(?: \\w+)?",
      "(?:dynamic|energetic|hungry|ambitious|fun)(?:,| and)? young (?:\\w+)|young (?:team|group|and)|(?:we are|we're|team is) (?:all )?young|youthful|youngsters?|(?:under|in (?:our|their)) (?:early |late )?(?:twenties|20s|thirties)",
      "digital natives?|(?:recent|new|fresh) graduates? (?:only|preferred)|recent grads? (?:only|preferred)|fresh (?:blood|graduates?|out of (?:college|university|school))|average age|mature (?:person|candidate|applicants?)|early in (?:your|their) career(?= only)|millennials?|gen z",
    ),
    why: "It speaks of age, and older people read that they are not meant.",
    fix: "Say what the work needs.",
  },
  {
    pattern: anyOf(
      "native(?: or bilingual)?(?: \\w+)? speakers?|native(?: |-level |-quality )(?:english|german|french|dutch|spanish|fluency|proficiency|command|level)|(?:english|german|french)(?: is your)? mother tongue|mother tongue|first language|native in (?:english|german)|(?:english|german) native(?:s)?|accent free|without (?:an )?accent|no accent",
    ),
    why: "It asks for an origin, not for a skill.",
    fix: "Name the level the work needs, such as clear English in writing.",
  },
  {
    pattern: anyOf(
      "(?:(?:his|her) (?:job|role|tasks?|first|responsibilities|duties|manager)\\b[^.;\\n]{0,60} )?(?:he|she) (?:will|must|should|has to|needs to|is expected|is responsible|reports|can)\\b[^.;\\n]{0,60}|(?:he|she)'ll (?:own|run|be|have|report|lead|work|build|keep|need)|(?:candidate|hire|engineer|person|applicant|successful applicant|right person)\\b[^.;\\n]{0,60} (?:he|his|him|she|her|himself|herself)",
      "salesm[ae]n|chairm[ae]n|foreman|manpower|guys|gentlem[ae]n|man the|right hand man|craftsm[ae]n|manning|the (?:right|best) man|bros?|brotherhood|handyman|journeyman|ladies",
    ),
    why: "It takes the hire to be of one sex.",
    fix: "Address the reader: you.",
  },
  {
    pattern: anyOf(
      "work hard,?(?: and| &)? play hard(?:er)?|play hard(?:er)?|no snowflakes|snowflakes|thick skin(?:ned)?|(?:must|can|able to|who) (?:handle|take|withstand|work under|thrive under) (?:extreme |constant |intense |high |immense |the )?(?:pressure|heat)|(?:24 ?/ ?7|always on|whatever it takes|do what it takes|win at all costs?|no excuses|all in) (?:mindset|mentality|attitude|culture|commitment)|whatever it takes|always on(?= (?:culture|team|mind*))",
      "(?:we are|we're|like|as|be part of|join|part of) (?:a|one|the|our)(?: \\w+)?(?: \\w+)? family|we are family|like family|(?:our|the|this) (?:\\w+ )?family(?! (?:leave|friendly|health|insurance|plan|planning|coverage|medical|life|time|cover|care|commitments?|status|members?|doctors?|business|owned))|work family|full heart|bleed (?:our|the)|hustl*|grind(?:ing|ers?)?|crush it|kill it|(?:not|isn't|no|n't|never)(?: \\w+){0,4} (?:9|nine)(?: ?- ?| to )(?:5|five)*|clock (?:watch*|punch*)|(?:long|crazy|insane) hours|nights and weekends(?= (?:are|is|when|as))|evenings and weekends(?= (?:are|is|when|as))|(?:60|70|80|sixty|seventy|eighty)(?: plus|\\+)? hours?(?: weeks?)?|996|work (?:is|as) (?:your|our|their) life|sleep when|live and breathe|killer instinct|(?:aggressive|competitive|high pressure|combative) (?:personalit*|environment|people|mindset|attitude|deadlines)|crush (?:the )?compet*|ruthless*|take no prisoners|(?:not for the )?faint of heart|faint hearted|war-?room mentality|(?:counted|count|counts|counting|watch|watches|watching) (?:the )?(?:hours|clock)|clock(?:s|ing)? (?:out|off)|(?:leave|leaves|leaving|go home|off|gone) at (?:5|five|6|six)\\b|(?:no|not) (?:whiners?|complainers?|cry*|work life)|cut-?throat|do or die|blood,? sweat",
    ),
    why: "It announces long hours to whoever has duties at home.",
    fix: "State hours and on-call as they are.",
  },
];

/** What is expressly not asked for. */
const isExempt = ({ section }: Passage): boolean => section === "waived";

export const exclusionaryWording: Rule = {
  id: "exclusionary_wording",
  severity: "warning",
  where: "wording",
  why: "It keeps people away for no reason of the work.",
  fix: "Say what the work needs.",
  scoping: false,
  find: (post) =>
    WORDINGS.flatMap(({ pattern, why, fix }) => {
      for (const p of post.passages) {
        const match = isExempt(p) ? undefined : firstClaim(p.text, pattern);
        if (match) return [{ quote: match[0].trim(), where: p.where, why, fix }];
      }
      return [];
    }),
};

/** Protected attributes, and what stands in for them. */
const ATTRIBUTES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: "age",
    pattern: anyOf(
      "(?:aged? )?between \\d\\d and \\d\\d(?: years(?: old| of age)?)?(?! (?:%|percent|people|employees|engineers|models|hours|minutes|days|weeks|requests|thousand|million|k))|\\d\\d ?(?:-|–|to|and) ?\\d\\d years (?:old|of age)|(?:aged?|ages) (?:from )?\\d\\d(?: ?(?:-|–|to|and) ?\\d\\d|\\+| or)?|age(?:d)? (?:range|group|bracket)|(?:under|over|below|above|younger than|older than|not older than|no older than) (?:the age of )?\\d\\d(?: years (?:old|of age)| of age|(?= (?:please|only|need|preferred))|(?= ?[.,;)]))|(?:not|no) (?:be )?(?:more|older) than \\d\\d years (?:old|of age)|(?:maximum|max|minimum) age|age (?:limit|max*|under|below|up to)|(?:birth year|year of birth|date of birth|birth date|birthdate|your age)|born (?:after|before|in|between) \\d{4}|(?:in|still in) (?:your|their|his|her) (?:early |mid |late )?(?:twenties|thirties|20s|30s)|\\d\\d or younger|young (?:candidates|applicants) (?:only|preferred)|graduat\\w+ (?:after|since|no earlier than|not before|in or after|within the last|in the last) \\w+(?: \\w+)?",
    ),
  },
  {
    what: "where people live, a proxy for origin (Illinois HB 3773 names ZIP codes)",
    pattern: anyOf(
      "(?:residen(?:ce|t|ts|cy)|reside|live|living|lives|located|based|home|address*|commut\\w+|applicants?|candidates?|prefer*|priorit*|only|from|within|in)\\b[^.;\\n]{0,30} (?:zip|postal|post) codes?(?: \\d[^.;\\n]{0,40})?|(?:zip|postal|post) codes? (?:of|where) (?:the )?(?:candidates?|applicants?|residence)|candidates?'?s? (?:zip|postal|post) codes?|(?:zip|postal|post) codes? (?:\\d{3,5}|are|is|will|in|as|score|within)\\b[^.;\\n]{0,30}|(?:good|right|better|nice) (?:neighbou?rhoods?|part of town|side of town)",
    ),
  },
  {
    what: "school ranking, a proxy for origin",
    pattern: anyOf(
      "(?:degrees?|graduates?|graduated|education|alumn\\w+|phd|msc|bsc|background|studied|diploma|educated|pedigree|from)\\b[^.;\\n]{0,40} (?:top-(?:\\d{1,3}|tier|ranked|ten|twenty|fifty|five)|elite|ivy league|tier-(?:1|one)|prestigious|target school|world class|leading|highly ranked|first rate|russell group|oxbridge|best)\\b[^.;\\n]{0,20} (?:universit\\w+|schools?|colleges?|institut\\w+|programs?|programmes?|league)",
      "ivy league|oxbridge|russell group|grandes? [ée]coles?|(?:stanford|mit|iit|oxford|cambridge|harvard|berkeley|caltech|carnegie mellon|cmu|eth)(?:,? (?:or|and|/) ?| / |, )(?:stanford|mit|iits?|oxford|cambridge|harvard|berkeley|caltech|carnegie mellon|cmu|eth|similar|the like|equivalent|comparable)",
      "(?:top-\\d{1,3}|top ten|top fifty|top twenty|top five|top tier|top ranked|top|elite|tier-(?:1|one)|prestigious|highly ranked|target|name brand|brand name|world leading|leading) (?:\\w+ )?(?:universit\\w+|schools?|colleges?|engineering school|cs programs?|cs school|academic institutions?)|(?:school|university|college) rank*|rank* (?:of (?:the|your) )?(?:universit\\w+|schools?|colleges?)",
    ),
  },
  {
    what: "looks, and with them origin, sex and age",
    pattern: anyOf(
      "(?:cv|r[ée]sum[ée]|application|apply|applications|send|attach|include|enclose|submit|upload|add|with|plus)\\b(?:(?!without|\\bno\\b)[^.;\\n]){0,40} (?:photo|photograph|picture|headshot|photos|portrait|selfie)s?|(?:recent|passport|profile|your) (?:photo(?:graph)?|headshot|picture)|(?:photo|headshot|photograph|picture) (?:is |attached|required|mandatory|of you*)|well groomed|attractive (?:appearance|person)|(?:good|neat|pleasant|presentable) (?:looking|appearance|looks)|clean shaven",
    ),
  },
  {
    what: "family, health or faith",
    pattern: anyOf(
      "marital status|unmarried|single (?:person|people|candidates|applicants|status)|(?:no|without|have no|free of) (?:children|kids|family (?:obligations|commitments|ties|duties)|dependents|childcare*)|childless|child-?free|family (?:obligations|plans|situation|planning)(?= )|able bod(?:y|ied)|(?:perfect|excellent|full|good|robust) (?:physical )?health|physically fit|(?:no|without|free of) (?:disabilit\\w+|health (?:issues|problems|conditions)|chronic*|medical*)|(?:not|n't) (?:\\w+ )?pregnan\\w+|pregnan\\w+|maternity plans|(?:plan|planning) to (?:have|start) (?:a family|children|kids)|religious affiliation|(?:christian|muslim|jewish|catholic|hindu|church|religious) (?:values?|faith|beliefs?|candidates?|background|community|applicants?|person)|(?:practi[sc]ing|devout|committed|active) (?:christians?|muslims?|catholics?|believers?|members? of)|share (?:our|the) (?:faith|beliefs?|religion)|mentally (?:fit|stable)|fit and healthy|healthy (?:person|people|candidates?|individuals?)",
    ),
  },
  {
    what: "citizenship or origin",
    pattern: anyOf(
      "(?:us|u\\.s\\.|usa|american|german|eu|uk|british|indian|canadian|swiss|eea|european|french|dutch|polish|irish) (?:citizens?|nationals?|citizenship|nationality|passports?(?: holders?)? (?:only|required|is a must|needed)|passport holders?|born)(?:(?: holders?)? (?:only|required|preferred|is required|are preferred|is a must|mandatory|need apply))?(?! (?:or|and) (?:permanent|green|eligible|authori[sz]ed|anyone|right))|citizens? only|citizenship (?:is |being )?(?:required|mandatory|preferred|a must)|no foreigners|no (?:immigrants|visa holders|foreign (?:nationals|applicants))|locals only|(?:local|native born|domestic) (?:candidates?|applicants?|people|born) (?:only|preferred)?|(?:born|raised|born and raised) in (?!\\d|the cloud|a garage|our|ou?r)\\w+|of (?:\\w+ )(?:origin|descent|heritage|ethnicity)|ethnic (?:background|origin)|caucasian|(?:white|asian|black|hispanic) (?:candidates?|applicants?|only|preferred|male|female)|(?:other|specific|certain|of \\w+) nationalit(?:y|ies)(?: need not apply| only| preferred)?|nationalit(?:y|ies) (?:need not apply|only|preferred|required|excluded)|(?:must be|only) (?:an? )?(?:[A-Z]\\w+(?:ans?|ese|ish))(?= ?[;.,)]|$)",
    ),
  },
  {
    what: "sex",
    pattern: anyOf(
      "(?:male|female|men|women|man|woman|gentleman|lady) (?:candidates?|applicants?|only|preferred|engineers?|wanted|need apply|are preferred|is preferred|or female|colleague)|(?:only|prefer*|looking for|seek*|want|hire|hiring|need) (?:\\w+ )?(?:a |an )?(?:young )?(?:male|female|men|women|man|woman)(?! (?:in tech|and|or|who code))|(?:ideally|preferably) (?:a )?(?:male|female|man|woman)|(?:he|she) should be (?:a )?(?:man|woman)|all male team|suits? a (?:man|woman)",
    ),
  },
];
/** An employer's promise to treat all alike names what it does not select by. */
const PROMISE = anyOf(
  "equal opportunit*|(?:our|the) team (?:is|ranges|spans)|discriminat\\w+|regardless of|without regard|irrespective of|all (?:qualified )?applicants|protected (?:characteristics?|class*|veteran)|diversity|inclusi\\w+|underrepresented|encourage*|encouraged to apply|equal employment|eeo|of all (?:ages|genders|backgrounds)|every (?:background|age)|welcome (?:applications|applicants|people|candidates)|accommodat\\w+|do(?:es)? not (?:ask|want|need|consider)|clearance|itar|export control|(?:required|demanded|mandated) (?:by|under) (?:\\w+ )?(?:law|statute|regulation|contract)",
);

export const protectedAttribute: Rule = {
  id: "protected_attribute",
  severity: "error",
  where: "requirements",
  why: "It asks for a protected attribute or what stands in for one.",
  fix: "Take it out. Guidance, not legal advice: where the law itself requires it, name the law.",
  scoping: false,
  find: (post) =>
    ATTRIBUTES.flatMap(({ what, pattern }) => {
      for (const p of post.passages) {
        if (isExempt(p) || p.section === "heading" || has(p.text, PROMISE)) continue;
        const match = firstClaim(p.text, pattern);
        if (match) return [{ quote: match[0].trim(), where: p.where, why: `This selects by ${what}.` }];
      }
      return [];
    }),
};
