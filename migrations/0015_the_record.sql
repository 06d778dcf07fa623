CREATE TABLE "changes" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"application_id" uuid,
	"document_id" uuid,
	"field" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"changed_by" uuid NOT NULL,
	"client" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "changes_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "offers" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"base" bigint,
	"currency" text NOT NULL,
	"period" text NOT NULL,
	"bonus" text,
	"equity" text,
	"start_date" date,
	"expires_on" date,
	"note" text,
	"noted_by" uuid,
	"extended_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"recorded_by" uuid NOT NULL,
	"client" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "offers_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "offers_version" UNIQUE("workspace_id","application_id","version")
);
--> statement-breakpoint
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
ALTER TABLE "candidates" ALTER COLUMN "email" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "outdated" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "candidate_id" uuid;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "referred_by" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "owner_id" uuid;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "untold_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "tags" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "do_not_contact" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "known_by" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "assessments" ADD COLUMN "rubric" text;--> statement-breakpoint
ALTER TABLE "assessments" ADD COLUMN "stale_why" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "own_words" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "moves" ADD COLUMN "reason_category" text;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_candidate_fk" FOREIGN KEY ("workspace_id","candidate_id") REFERENCES "public"."candidates"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_application_fk" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_member_fk" FOREIGN KEY ("workspace_id","changed_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_member" FOREIGN KEY ("workspace_id","recorded_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_words" ADD CONSTRAINT "document_words_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_candidate" ON "changes" USING btree ("workspace_id","candidate_id","id");--> statement-breakpoint
CREATE INDEX "offers_extended" ON "offers" USING btree ("workspace_id","extended_at");--> statement-breakpoint
CREATE INDEX "document_words_words" ON "document_words" USING gin ("words");--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_candidate_fk" FOREIGN KEY ("workspace_id","candidate_id") REFERENCES "public"."candidates"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_owner_fk" FOREIGN KEY ("workspace_id","owner_id") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_member_fk" FOREIGN KEY ("workspace_id","member_id") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_drafts" ON "messages" USING btree ("workspace_id","created_at","id") WHERE status = 'draft';--> statement-breakpoint
CREATE INDEX "applications_merged" ON "applications" USING btree ("workspace_id","merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE INDEX "applications_owner" ON "applications" USING btree ("workspace_id","owner_id") WHERE owner_id is not null;--> statement-breakpoint
CREATE INDEX "applications_untold" ON "applications" USING btree ("workspace_id","untold_since","id") WHERE untold_since is not null;--> statement-breakpoint
CREATE INDEX "candidates_member" ON "candidates" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE INDEX "candidates_merged" ON "candidates" USING btree ("workspace_id","merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE INDEX "candidates_known_by" ON "candidates" USING gin ("known_by");--> statement-breakpoint
CREATE INDEX "interviews_end" ON "interviews" USING btree ("workspace_id","ends_at");--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_merged_status" CHECK ((status = 'merged') = (merged_into is not null));
--> statement-breakpoint
-- Whose record is a member's own was found by comparing addresses at each call.
UPDATE candidates c SET member_id = m.id FROM members m
WHERE m.workspace_id = c.workspace_id AND lower(m.email) = lower(c.email);

--> statement-breakpoint
-- Earlier releases told by the e-mail alone who somebody is.
UPDATE candidates SET known_by = array['name:' || regexp_replace(search_key, ' [^ ]+$', '')]
  || array['email:' || regexp_replace(lower(email), '[+][^@]*@', '@')]
  || (SELECT coalesce(array_agg('profile:' || profile), '{}') FROM (
    SELECT regexp_replace(regexp_replace(regexp_replace(lower(link), '^https?://(www[.])?', ''), '[?#].*$', ''), '/+$', '')
      AS profile FROM jsonb_array_elements_text(links) AS link) AS profiles WHERE profile <> '');

--> statement-breakpoint
-- The states of an interview are booked, held, no_show and cancelled.
UPDATE interviews SET status = 'booked' WHERE status = 'scheduled';

--> statement-breakpoint
-- Who was rejected and has had no message from us since, kept from what is written anyway: most of the rejected have been
-- told, and a list of the others must not read them all. The rule is that of domain/pipeline/not-told.ts.
CREATE FUNCTION greenflag_untold_since(ws uuid, app uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT r.at FROM (
    SELECT max(v.moved_at) AS at FROM applications a
    JOIN moves v ON v.workspace_id = ws AND v.application_id = app AND v.kind = 'move' AND v.to_status = 'rejected'
    WHERE a.workspace_id = ws AND a.id = app AND a.status = 'rejected'
  ) r WHERE r.at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM messages m JOIN outbox o ON o.workspace_id = m.workspace_id AND o.id = m.id
    WHERE m.workspace_id = ws AND m.application_id = app AND o.state IN ('waiting', 'sending', 'sent') AND o.approved_at >= r.at)
$$;
--> statement-breakpoint
CREATE FUNCTION greenflag_keep_untold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  app uuid;
BEGIN
  IF TG_TABLE_NAME = 'moves' THEN
    app := NEW.application_id;
  ELSE
    SELECT application_id INTO app FROM messages WHERE workspace_id = NEW.workspace_id AND id = NEW.id;
  END IF;
  UPDATE applications SET untold_since = greenflag_untold_since(workspace_id, id)
  WHERE workspace_id = NEW.workspace_id AND id = app
    AND untold_since IS DISTINCT FROM greenflag_untold_since(workspace_id, id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER moves_untold AFTER INSERT ON moves FOR EACH ROW
  WHEN ('rejected' IN (NEW.from_status, NEW.to_status)) EXECUTE FUNCTION greenflag_keep_untold();
--> statement-breakpoint
CREATE TRIGGER outbox_untold AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION greenflag_keep_untold();
--> statement-breakpoint
-- A message that was confirmed counts as told, so its delivery changes nothing here; that it failed does.
CREATE TRIGGER outbox_untold_again AFTER UPDATE OF state, approved_at ON outbox FOR EACH ROW
  WHEN ((OLD.state IN ('waiting', 'sending', 'sent')) <> (NEW.state IN ('waiting', 'sending', 'sent'))
    OR OLD.approved_at <> NEW.approved_at)
  EXECUTE FUNCTION greenflag_keep_untold();
--> statement-breakpoint
UPDATE applications SET untold_since = greenflag_untold_since(workspace_id, id) WHERE status = 'rejected';

--> statement-breakpoint
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
