CREATE INDEX "applications_unassessed" ON "applications" USING btree ("workspace_id","role_id","stage","stage_entered_at","id") WHERE status = 'active' and present_flags is null;--> statement-breakpoint
CREATE INDEX "applications_ended" ON "applications" USING btree ("workspace_id","id") WHERE status in ('rejected', 'withdrawn');--> statement-breakpoint
CREATE INDEX "assessments_stale" ON "assessments" USING btree ("workspace_id","stale_at","id") WHERE stale_at is not null;--> statement-breakpoint
-- by hand
-- An offer that was extended anew was left as extended beside the new one.
UPDATE offers o SET status = CASE WHEN o.expires_on < later.extended_at::date THEN 'expired' ELSE 'replaced' END
FROM (SELECT DISTINCT ON (workspace_id, application_id) workspace_id, application_id, version, extended_at
  FROM offers WHERE extended_at IS NOT NULL ORDER BY workspace_id, application_id, version DESC) later
WHERE later.workspace_id = o.workspace_id AND later.application_id = o.application_id
  AND o.version < later.version AND o.status = 'extended';
--> statement-breakpoint
CREATE UNIQUE INDEX "offers_one_extended" ON "offers" ("workspace_id", "application_id") WHERE status = 'extended';
--> statement-breakpoint
-- The words of a text, as before, and letters that do not come apart with their plain form: ß is ss.
CREATE OR REPLACE FUNCTION greenflag_words(content text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT string_to_array(btrim(regexp_replace(regexp_replace(letters,
    '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af])', ' \1 ', 'g'),
    '[' ||
    '\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b9-\u02ff\u0559-\u055f' ||
    '\u0589-\u058a\u05be\u05f3-\u05f4\u060c-\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964-\u0965' ||
    '\u1680\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3030\ue000-\uf8ff\ufe00-\ufe6f\ufff0-\uffff' ||
    '\U0001f000-\U0001faff\U000e0000-\U000e01ef' ||
    ']+', ' ', 'g')), ' ')
  FROM (SELECT regexp_replace(lower(normalize(content, NFKD) COLLATE "C"), '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099-\u309a]+', '', 'g') AS bare,
      'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋ' ||
      'ՌՍՎՏՐՑՒՓՔՕՖҐҒҖҚҢҮҰҲҺӘӨŊßẞæÆœŒþÞðÐøØłŁđĐħĦŧŦı' AS cased,
      'αβγδεζηθικλμνξοπρστυφχψωσабвгдежзийклмнопрстуфхцчшщъыьэюяѐёђѓєѕіїјљњћќѝўџաբգդեզէըթժիլխծկհձղճմյնշոչպջ' ||
      'ռսվտրցւփքօֆґғҗқңүұҳһәөŋßßææœœþþddoollddhhtti' AS folded OFFSET 0) AS x,
    -- Translating is slow, and most texts have no letter of these.
    LATERAL (SELECT CASE WHEN bare ~ ('[' || cased || ']') THEN
      replace(replace(replace(replace(translate(bare, cased, folded), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
      ELSE bare END AS letters) AS y
$$;
--> statement-breakpoint
DELETE FROM document_words w USING documents d
WHERE d.workspace_id = w.workspace_id AND d.application_id = w.application_id AND d.id = w.document_id
  AND normalize(d.text, NFKD) ~ '[ßẞæÆœŒþÞðÐ]';
--> statement-breakpoint
SELECT greenflag_store_words(d) FROM documents d
WHERE greenflag_is_own(d.kind, d.own_words, d.mail) AND normalize(d.text, NFKD) ~ '[ßẞæÆœŒþÞðÐ]';
--> statement-breakpoint
-- Names the same way, where people are found by them and where it is told who somebody may be already.
UPDATE candidates SET
  search_key = translate(replace(replace(replace(replace(search_key, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ðđøłħŧı', 'ddolhti'),
  known_by = array(SELECT CASE WHEN form NOT LIKE 'name:%' THEN form ELSE
    translate(replace(replace(replace(replace(form, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ðđøłħŧı', 'ddolhti') END
    FROM unnest(known_by) WITH ORDINALITY AS k(form, n) ORDER BY n)
WHERE search_key ~ '[ßæœþðđøłħŧı]';
--> statement-breakpoint
-- A telephone number is found by its end too. The rule is that of src/domain/candidates/known-by.ts.
UPDATE candidates c SET known_by = array(SELECT form FROM unnest(known_by) AS k(form) WHERE form NOT LIKE 'phone%')
  || ('phone:' || number) || array(SELECT 'phone_end:' || right(number, n) FROM generate_series(length(number) - 1, 6, -1) AS n)
FROM (SELECT workspace_id, id, right(ltrim(digits, '0'), 9) AS number FROM (
  SELECT workspace_id, id, regexp_replace(replace(phone, '(0)', ''), '\D', '', 'g') AS digits
  FROM candidates WHERE phone IS NOT NULL) AS p WHERE length(digits) >= 6) AS numbers
WHERE numbers.workspace_id = c.workspace_id AND numbers.id = c.id AND number <> '';
