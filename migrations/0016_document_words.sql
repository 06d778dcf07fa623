CREATE TABLE "document_words" (
	"workspace_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"handed_in" boolean NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "document_words_pk" PRIMARY KEY("workspace_id","application_id","document_id","part")
);
--> statement-breakpoint
ALTER TABLE "document_words" ADD CONSTRAINT "document_words_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_words_words" ON "document_words" USING gin ("words");
--> statement-breakpoint
-- by hand
-- Vectors stand beside the rows and are not compressed: a search reads many rows and looks into few of their vectors.
ALTER TABLE "document_words" ALTER COLUMN "words" SET STORAGE EXTERNAL, SET (toast_tuple_target = 128);
--> statement-breakpoint
-- The words of a text, folded, in their order, whatever the locale of the database. src/domain/search/words.ts does the same.
CREATE FUNCTION greenflag_words(content text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
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
      'ՌՍՎՏՐՑՒՓՔՕՖҐҒҖҚҢҮҰҲҺӘӨÆŒÞÐŊẞøØłŁđĐħĦŧŦı' AS cased,
      'αβγδεζηθικλμνξοπρστυφχψωσабвгдежзийклмнопрстуфхцчшщъыьэюяѐёђѓєѕіїјљњћќѝўџաբգդեզէըթժիլխծկհձղճմյնշոչպջ' ||
      'ռսվտրցւփքօֆґғҗқңүұҳһәөæœþðŋßoollddhhtti' AS folded OFFSET 0) AS x,
    -- Translating is slow, and most texts have no letter of these.
    LATERAL (SELECT CASE WHEN bare ~ ('[' || cased || ']') THEN translate(bare, cased, folded) ELSE bare END AS letters) AS y
$$;
--> statement-breakpoint
-- Whether a document holds the candidate's own words: no note, not what somebody called another's, and of mails letters only.
CREATE FUNCTION greenflag_is_own(kind text, own_words boolean, mail jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT kind <> 'note' AND own_words AND CASE
    WHEN mail IS NULL THEN kind <> 'email'
    ELSE coalesce(mail->>'what' = 'letter' AND mail->>'author' = 'candidate', false) END
$$;
--> statement-breakpoint
-- A text without the subject that a mail answers, which others wrote. Its place counts a character beyond the basic plane twice.
CREATE FUNCTION greenflag_own_text(content text, subject jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN subject IS NULL THEN content
    ELSE (SELECT left(t, (subject->>'start')::integer) || ' ' || substr(t, (subject->>'end')::integer + 1)
          FROM regexp_replace(content, '([\U00010000-\U0010ffff])', '\1 ', 'g') AS t) END
$$;
--> statement-breakpoint
-- Stores the words of a document in parts of 2000 that overlap by 200, so that each part keeps to what a vector can hold.
CREATE FUNCTION greenflag_store_words(d documents) RETURNS void LANGUAGE sql AS $$
  WITH found AS MATERIALIZED (SELECT greenflag_words(greenflag_own_text(d.text, d.mail->'answered_subject')) AS w)
  INSERT INTO document_words (workspace_id, application_id, document_id, part, handed_in, words)
  SELECT d.workspace_id, d.application_id, d.id, part, d.kind IN ('work_sample', 'submission_notes'),
         (SELECT string_agg('''' || left(word, 100) || ''':' || n, ' ')
          FROM unnest(w[part * 1800 + 1 : part * 1800 + 2000]) WITH ORDINALITY AS x(word, n))::tsvector
  FROM found, generate_series(0, (cardinality(w) - 1) / 1800) AS part
  WHERE cardinality(w) > 0
$$;
--> statement-breakpoint
CREATE FUNCTION greenflag_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.application_id = OLD.application_id AND NEW.text = OLD.text AND NEW.kind = OLD.kind
     AND greenflag_is_own(NEW.kind, NEW.own_words, NEW.mail) = greenflag_is_own(OLD.kind, OLD.own_words, OLD.mail)
     AND NEW.mail->'answered_subject' IS NOT DISTINCT FROM OLD.mail->'answered_subject' THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM document_words
    WHERE workspace_id = OLD.workspace_id AND application_id = OLD.application_id AND document_id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' AND greenflag_is_own(NEW.kind, NEW.own_words, NEW.mail) THEN
    PERFORM greenflag_store_words(NEW);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER documents_words AFTER INSERT OR DELETE OR UPDATE OF application_id, kind, text, own_words, mail ON documents
FOR EACH ROW EXECUTE FUNCTION greenflag_keep_words();
--> statement-breakpoint
SELECT greenflag_store_words(d) FROM documents d WHERE greenflag_is_own(d.kind, d.own_words, d.mail);
