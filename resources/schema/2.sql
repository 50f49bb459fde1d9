CREATE TABLE "aftercare" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "appointment_id" INTEGER, "held_on" TEXT NOT NULL, "place" TEXT NOT NULL, "coach_id" INTEGER, "outcome" TEXT NOT NULL CHECK (outcome IN ('', 'still', 'other', 'stopped', 'never')), "stop_reason" TEXT NOT NULL, "satisfaction" INTEGER CHECK (satisfaction BETWEEN 1 AND 10), "mark_body" INTEGER, "mark_feeling" INTEGER, "mark_meaning" INTEGER, "mark_quality" INTEGER, "mark_joining" INTEGER, "mark_daily" INTEGER, "gp_contacts" INTEGER, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("appointment_id") REFERENCES "appointment" ("id"), FOREIGN KEY ("coach_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "aftercare_uid" ON "aftercare" ("uid");

CREATE INDEX "aftercare_voucher_id" ON "aftercare" ("voucher_id");

CREATE INDEX "aftercare_person_id" ON "aftercare" ("person_id");

CREATE INDEX "aftercare_staff_id" ON "aftercare" ("staff_id");

CREATE INDEX "aftercare_appointment_id" ON "aftercare" ("appointment_id");

CREATE INDEX "aftercare_coach_id" ON "aftercare" ("coach_id");

CREATE TABLE "shared_part" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "sha256" TEXT NOT NULL, "bytes" BLOB NOT NULL);

CREATE UNIQUE INDEX "shared_part_uid" ON "shared_part" ("uid");

CREATE UNIQUE INDEX "shared_part_sha256" ON "shared_part" ("sha256");

CREATE TABLE "batch" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "started_at" TEXT NOT NULL, "letters" INTEGER NOT NULL, "printed" INTEGER NOT NULL, "state" TEXT NOT NULL CHECK (state IN ('printing', 'printed', 'done', 'stopped')), "ended_at" TEXT, "staff_id" INTEGER, FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "batch_uid" ON "batch" ("uid");

CREATE INDEX "batch_staff_id" ON "batch" ("staff_id");

CREATE TABLE "returned_post" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "letter_id" INTEGER NOT NULL, "dispatch_id" INTEGER, "practice_id" INTEGER, "returned_on" TEXT NOT NULL, "why" TEXT NOT NULL, "settled_on" TEXT, "settled_how" TEXT NOT NULL CHECK (settled_how IN ('', 'address_changed', 'address_right', 'other_way')), "staff_id" INTEGER, FOREIGN KEY ("letter_id") REFERENCES "letter" ("id"), FOREIGN KEY ("dispatch_id") REFERENCES "dispatch" ("id"), FOREIGN KEY ("practice_id") REFERENCES "practice" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "returned_post_uid" ON "returned_post" ("uid");

CREATE INDEX "returned_post_letter_id" ON "returned_post" ("letter_id");

CREATE INDEX "returned_post_dispatch_id" ON "returned_post" ("dispatch_id");

CREATE INDEX "returned_post_practice_id" ON "returned_post" ("practice_id");

CREATE INDEX "returned_post_settled_on" ON "returned_post" ("settled_on");

CREATE INDEX "returned_post_staff_id" ON "returned_post" ("staff_id");

CREATE TABLE "letter_text" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "kind" TEXT NOT NULL CHECK (kind IN ('arrived', 'intake', 'progress', 'closing', 'declined', 'signal', 'receipt')), "body" TEXT NOT NULL, "made_at" TEXT NOT NULL, "staff_id" INTEGER, FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "letter_text_uid" ON "letter_text" ("uid");

CREATE INDEX "letter_text_kind" ON "letter_text" ("kind");

CREATE INDEX "letter_text_staff_id" ON "letter_text" ("staff_id");

CREATE TABLE "practice_talk" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "practice_id" INTEGER NOT NULL, "held_on" TEXT NOT NULL, "staff_id" INTEGER, "with_whom" TEXT NOT NULL, "question" TEXT NOT NULL, "agreed" TEXT NOT NULL, "next_on" TEXT, FOREIGN KEY ("practice_id") REFERENCES "practice" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "practice_talk_uid" ON "practice_talk" ("uid");

CREATE INDEX "practice_talk_practice_id" ON "practice_talk" ("practice_id");

CREATE INDEX "practice_talk_staff_id" ON "practice_talk" ("staff_id");

ALTER TABLE "practice" ADD COLUMN "pdf_password" TEXT NOT NULL DEFAULT '';

ALTER TABLE "intake" ADD COLUMN "gp_contacts" INTEGER;

ALTER TABLE "enrolment" ADD COLUMN "times_present" INTEGER;

ALTER TABLE "enrolment" ADD COLUMN "times_held" INTEGER;

ALTER TABLE "letter" ADD COLUMN "copy_of_id" INTEGER REFERENCES "letter" ("id");

CREATE INDEX "letter_copy_of_id" ON "letter" ("copy_of_id");

ALTER TABLE "letter" ADD COLUMN "ground" TEXT NOT NULL DEFAULT '' CHECK (ground IN ('', 'consent', 'meldcode'));

ALTER TABLE "letter" ADD COLUMN "worry_id" INTEGER REFERENCES "worry" ("id");

CREATE INDEX "letter_worry_id" ON "letter" ("worry_id");

DROP INDEX "letter_once";

CREATE UNIQUE INDEX "letter_once" ON "letter" ("voucher_id", "moment", "recipient_key") WHERE ((("withdrawn_on" IS NULL) AND ("corrects_id" IS NULL)) AND ("moment" != 'signal'));

CREATE INDEX "letter_addressed" ON "letter" ("recipient_key", "state");

CREATE INDEX "letter_archive" ON "letter" ("written_on", "id", "state", "withdrawn_on", "moment", "practice_id", "person_id", "recipient_id", "copy_of_id", "voucher_id");

CREATE INDEX "dispatch_how" ON "dispatch" ("letter_id", "confirmed_at", "way", "staff_id");

CREATE INDEX "person_erased" ON "person" ("erased_on") WHERE ("erased_on" IS NOT NULL);

ALTER TABLE "letter_pdf" ADD COLUMN "parts" TEXT NOT NULL DEFAULT '';

INSERT INTO "aftercare" ("uid", "version", "voucher_id", "person_id", "staff_id", "note", "appointment_id", "held_on", "place", "coach_id", "outcome", "stop_reason")
SELECT lower(hex(randomblob(16))), 1, "voucher_id", "person_id", "staff_id", "note", "id", substr("starts_at", 1, 10), "place", "coach_id", '', '' FROM "appointment" WHERE "kind" = 'aftercare' AND "state" = 'held';

UPDATE "letter" SET "content" = json_set("content", '$.receipt', json('true')) WHERE json_extract("content", '$.core[0][1]') IN ('Wij hebben uw verwijzing ontvangen.', 'Wij hebben de aanmelding ontvangen.');
