CREATE TABLE "number_series" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "series" TEXT NOT NULL, "last" INTEGER NOT NULL);

CREATE UNIQUE INDEX "number_series_series" ON "number_series" ("series");

CREATE TABLE "spent_number" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" TEXT NOT NULL);

CREATE UNIQUE INDEX "spent_number_digest" ON "spent_number" ("digest");

CREATE TABLE "organisation" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "name" TEXT NOT NULL, "street" TEXT NOT NULL, "number" TEXT NOT NULL, "postcode" TEXT NOT NULL, "town" TEXT NOT NULL, "province" TEXT NOT NULL, "phone" TEXT NOT NULL, "email" TEXT NOT NULL, "website" TEXT NOT NULL, "logo" BLOB, "colour" TEXT NOT NULL, "window" TEXT NOT NULL CHECK ("window" IN ('left', 'right')), "shift_x" INTEGER NOT NULL, "shift_y" INTEGER NOT NULL, "fold" TEXT NOT NULL CHECK (fold IN ('DL', 'C5', 'none')), "call_within" INTEGER NOT NULL, "call_attempts" INTEGER NOT NULL, "arrived_letter_within" INTEGER NOT NULL, "intake_letter_within" INTEGER NOT NULL, "aftercare_after" INTEGER NOT NULL, "voucher_valid" INTEGER NOT NULL, "untouched_after" INTEGER NOT NULL, "offer_within" INTEGER NOT NULL, "word_voucher" TEXT NOT NULL, "word_participant" TEXT NOT NULL);

CREATE TABLE "practice" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "name" TEXT NOT NULL, "kind" TEXT NOT NULL, "agb" TEXT, "street" TEXT NOT NULL, "number" TEXT NOT NULL, "postcode" TEXT NOT NULL, "town" TEXT NOT NULL, "phone" TEXT NOT NULL, "secure_mail" TEXT NOT NULL, "neighbourhood_id" INTEGER, "coach_id" INTEGER, "substitute_id" INTEGER, "in_practice_hours" TEXT NOT NULL, "letter_moments" TEXT NOT NULL, "letter_to" TEXT NOT NULL CHECK (letter_to IN ('report_to', 'referrer', 'practice')), "letter_copy" INTEGER NOT NULL, "letter_way" TEXT NOT NULL CHECK (letter_way IN ('text', 'pdf', 'print', 'told')), "salutation" TEXT NOT NULL, "note" TEXT NOT NULL, "active" INTEGER NOT NULL, "merged_into_id" INTEGER, "pdf_password" TEXT NOT NULL, "country" TEXT NOT NULL, "progress_weeks" INTEGER, FOREIGN KEY ("neighbourhood_id") REFERENCES "neighbourhood" ("id"), FOREIGN KEY ("coach_id") REFERENCES "staff" ("id"), FOREIGN KEY ("substitute_id") REFERENCES "staff" ("id"), FOREIGN KEY ("merged_into_id") REFERENCES "practice" ("id"));

CREATE TABLE "contact" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "practice_id" INTEGER NOT NULL, "role" TEXT NOT NULL, "form_of_address" TEXT NOT NULL, "initials" TEXT NOT NULL, "first_name" TEXT NOT NULL, "tussenvoegsel" TEXT NOT NULL, "surname" TEXT NOT NULL, "phone" TEXT NOT NULL, "email" TEXT NOT NULL, "salutation" TEXT NOT NULL, "active" INTEGER NOT NULL, "title" TEXT NOT NULL, FOREIGN KEY ("practice_id") REFERENCES "practice" ("id"));

CREATE TABLE "person" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "form_of_address" TEXT NOT NULL, "initials" TEXT NOT NULL, "first_name" TEXT NOT NULL, "tussenvoegsel" TEXT NOT NULL, "surname" TEXT NOT NULL, "birth_name" TEXT NOT NULL, "birth_date" TEXT NOT NULL, "street" TEXT NOT NULL, "number" TEXT NOT NULL, "postcode" TEXT NOT NULL, "town" TEXT NOT NULL, "neighbourhood_id" INTEGER, "phone" TEXT NOT NULL, "phone2" TEXT NOT NULL, "voicemail" TEXT NOT NULL, "best_time" TEXT NOT NULL, "email" TEXT NOT NULL, "contact_by" TEXT NOT NULL, "comes_by" INTEGER NOT NULL, "language" TEXT NOT NULL, "interpreter" INTEGER NOT NULL, "contact_name" TEXT NOT NULL, "contact_relation" TEXT NOT NULL, "contact_phone" TEXT NOT NULL, "own_practice_id" INTEGER, "note" TEXT NOT NULL, "informed_on" TEXT, "informed_how" TEXT NOT NULL, "informed_by_id" INTEGER, "sound" TEXT NOT NULL, "sort_name" TEXT NOT NULL, "merged_into_id" INTEGER, "erased_on" TEXT, "deceased_on" TEXT, "country" TEXT NOT NULL, FOREIGN KEY ("neighbourhood_id") REFERENCES "neighbourhood" ("id"), FOREIGN KEY ("own_practice_id") REFERENCES "practice" ("id"), FOREIGN KEY ("informed_by_id") REFERENCES "staff" ("id"), FOREIGN KEY ("merged_into_id") REFERENCES "person" ("id"));

CREATE TABLE "schedule" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "activity_id" INTEGER NOT NULL, "rrule" TEXT NOT NULL, "starts_on" TEXT, "ends_on" TEXT, "opens" TEXT, "closes" TEXT, "note" TEXT NOT NULL, "not_on" TEXT NOT NULL, FOREIGN KEY ("activity_id") REFERENCES "activity" ("id"));

CREATE TABLE "appointment" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "kind" TEXT NOT NULL CHECK (kind IN ('intake', 'first_visit', 'aftercare')), "starts_at" TEXT NOT NULL, "place" TEXT NOT NULL, "address" TEXT NOT NULL, "coach_id" INTEGER, "state" TEXT NOT NULL CHECK (state IN ('planned', 'held', 'missed', 'moved', 'cancelled')), "warm" INTEGER NOT NULL, "enrolment_id" INTEGER, "ended_by_id" INTEGER, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("coach_id") REFERENCES "staff" ("id"), FOREIGN KEY ("enrolment_id") REFERENCES "enrolment" ("id"), FOREIGN KEY ("ended_by_id") REFERENCES "closing" ("id"));

CREATE INDEX "appointment_enrolment_id" ON "appointment" ("enrolment_id");

CREATE INDEX "appointment_ended_by_id" ON "appointment" ("ended_by_id");

CREATE TABLE "enrolment" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "activity_id" INTEGER, "destination" TEXT NOT NULL, "destination_name" TEXT NOT NULL, "state" TEXT NOT NULL CHECK (state IN ('enrolled', 'waiting', 'offered', 'started', 'stopped')), "enrolled_on" TEXT NOT NULL, "start_on" TEXT, "first_attended_on" TEXT, "first_known_by" TEXT NOT NULL, "accompanied" INTEGER NOT NULL, "stopped_on" TEXT, "stop_reason" TEXT NOT NULL, "times_present" INTEGER, "times_held" INTEGER, "offered_on" TEXT, "offer_until" TEXT, "queued_at" TEXT, "ended_by_id" INTEGER, "next_step" TEXT NOT NULL, "ended_in_id" INTEGER, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("activity_id") REFERENCES "activity" ("id"), FOREIGN KEY ("ended_by_id") REFERENCES "closing" ("id"));

CREATE INDEX "enrolment_ended_in_id" ON "enrolment" ("ended_in_id");

CREATE INDEX "enrolment_ended_by_id" ON "enrolment" ("ended_by_id");

CREATE TABLE "worry" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "kind" TEXT NOT NULL, "noticed_on" TEXT NOT NULL, "called_at" TEXT, "reached" TEXT NOT NULL, "meldcode_step" INTEGER NOT NULL, "done_on" TEXT, "called_practice_id" INTEGER, "weigh_suspected" TEXT NOT NULL, "weigh_unsafe" TEXT NOT NULL, "weigh_able" TEXT NOT NULL, "weigh_accepted" TEXT NOT NULL, "weigh_safer" TEXT NOT NULL, "must_report" TEXT NOT NULL, "may_help" TEXT NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("called_practice_id") REFERENCES "practice" ("id"));

CREATE INDEX "worry_called_practice_id" ON "worry" ("called_practice_id");

CREATE TABLE "hold" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "from_on" TEXT NOT NULL, "until_on" TEXT NOT NULL, "reason" TEXT NOT NULL, "ended_on" TEXT, "ended_by_id" INTEGER, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("ended_by_id") REFERENCES "closing" ("id"));

CREATE INDEX "hold_ended_by_id" ON "hold" ("ended_by_id");

CREATE UNIQUE INDEX "hold_uid" ON "hold" ("uid");

CREATE INDEX "hold_voucher_id" ON "hold" ("voucher_id");

CREATE INDEX "hold_person_id" ON "hold" ("person_id");

CREATE INDEX "hold_staff_id" ON "hold" ("staff_id");

CREATE TABLE "consent" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "voucher_id" INTEGER, "purpose" TEXT NOT NULL, "answer" TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'ask')), "given_on" TEXT NOT NULL, "how" TEXT NOT NULL, "staff_id" INTEGER, "text_version" INTEGER NOT NULL, "withdrawn_on" TEXT, "practice_id" INTEGER, "intake_id" INTEGER, "attempt_id" INTEGER, "sure" INTEGER NOT NULL, FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("practice_id") REFERENCES "practice" ("id"), FOREIGN KEY ("intake_id") REFERENCES "intake" ("id"), FOREIGN KEY ("attempt_id") REFERENCES "contact_attempt" ("id"));

CREATE INDEX "consent_practice_id" ON "consent" ("practice_id");

CREATE INDEX "consent_intake_id" ON "consent" ("intake_id");

CREATE INDEX "consent_attempt_id" ON "consent" ("attempt_id");

CREATE TABLE "letter" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "moment" TEXT NOT NULL CHECK (moment IN ('arrived', 'intake', 'update', 'progress', 'closing', 'declined', 'signal')), "practice_id" INTEGER, "recipient_id" INTEGER, "recipient_key" TEXT NOT NULL, "state" TEXT NOT NULL CHECK (state IN ('concept', 'fixed', 'sent')), "content" TEXT NOT NULL, "written_by_id" INTEGER, "written_on" TEXT NOT NULL, "approved_by_id" INTEGER, "approved_at" TEXT, "discussed" INTEGER NOT NULL, "corrects_id" INTEGER, "withdrawn_on" TEXT, "withdrawn_why" TEXT NOT NULL, "copy_of_id" INTEGER, "ground" TEXT NOT NULL CHECK (ground IN ('', 'consent', 'meldcode', 'vital')), "worry_id" INTEGER, "subject" INTEGER NOT NULL, "follows_id" INTEGER, "facts" TEXT NOT NULL, "promised_on" TEXT, "promised_sooner" INTEGER NOT NULL, "going_on" TEXT NOT NULL, "mixed_up" TEXT NOT NULL CHECK (mixed_up IN ('', 'case', 'deed')), FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("practice_id") REFERENCES "practice" ("id"), FOREIGN KEY ("recipient_id") REFERENCES "contact" ("id"), FOREIGN KEY ("written_by_id") REFERENCES "staff" ("id"), FOREIGN KEY ("approved_by_id") REFERENCES "staff" ("id"), FOREIGN KEY ("corrects_id") REFERENCES "letter" ("id"), FOREIGN KEY ("copy_of_id") REFERENCES "letter" ("id"), FOREIGN KEY ("worry_id") REFERENCES "worry" ("id"), FOREIGN KEY ("follows_id") REFERENCES "letter" ("id"));

CREATE INDEX "letter_follows_id" ON "letter" ("follows_id");

DROP INDEX "letter_once";

CREATE UNIQUE INDEX "letter_once" ON "letter" ("voucher_id", "moment", "recipient_key", "subject") WHERE (((("withdrawn_on" IS NULL) AND ("corrects_id" IS NULL)) AND ("moment" != 'signal')) AND ("mixed_up" = ''));

CREATE TABLE "letter_moment" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "letter_id" INTEGER NOT NULL, "moment" TEXT NOT NULL, "subject" INTEGER NOT NULL, "said" TEXT NOT NULL, FOREIGN KEY ("letter_id") REFERENCES "letter" ("id"));

CREATE TABLE "dispatch" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "letter_id" INTEGER NOT NULL, "way" TEXT NOT NULL CHECK (way IN ('text', 'pdf', 'print', 'told')), "batch" TEXT NOT NULL, "position" INTEGER NOT NULL, "sent_at" TEXT NOT NULL, "confirmed_at" TEXT, "staff_id" INTEGER, FOREIGN KEY ("letter_id") REFERENCES "letter" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE TABLE "letter_text" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "kind" TEXT NOT NULL CHECK (kind IN ('arrived', 'intake', 'update', 'progress', 'closing', 'declined', 'signal', 'receipt', 'ended')), "body" TEXT NOT NULL, "made_at" TEXT NOT NULL, "staff_id" INTEGER, FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE TABLE "postponement" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "task" TEXT NOT NULL, "until" TEXT NOT NULL, "staff_id" INTEGER, "ended_by_id" INTEGER, "subject" INTEGER NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("ended_by_id") REFERENCES "closing" ("id"));

CREATE INDEX "postponement_ended_by_id" ON "postponement" ("ended_by_id");

DROP INDEX "postponement_voucher_id_task";

CREATE UNIQUE INDEX "postponement_voucher_id_task_subject" ON "postponement" ("voucher_id", "task", "subject");

CREATE TABLE "quiet_practice" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "practice_id" INTEGER NOT NULL, "quarter" TEXT NOT NULL, "until" TEXT, "settled_on" TEXT, "staff_id" INTEGER, FOREIGN KEY ("practice_id") REFERENCES "practice" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "quiet_practice_uid" ON "quiet_practice" ("uid");

CREATE INDEX "quiet_practice_practice_id" ON "quiet_practice" ("practice_id");

CREATE INDEX "quiet_practice_staff_id" ON "quiet_practice" ("staff_id");

CREATE TABLE "values_kept" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "counted_for_id" INTEGER NOT NULL, "quarter" TEXT NOT NULL, "received" INTEGER NOT NULL, "arrived" INTEGER NOT NULL, "started" INTEGER NOT NULL, "began_before" INTEGER NOT NULL, "active" INTEGER NOT NULL, "letters" INTEGER NOT NULL, "on_time" INTEGER NOT NULL, "pairs" INTEGER NOT NULL, "contacts_before" INTEGER, "contacts_after" INTEGER, "of_few" INTEGER NOT NULL, "earlier" INTEGER NOT NULL, FOREIGN KEY ("counted_for_id") REFERENCES "practice" ("id"));

CREATE UNIQUE INDEX "values_kept_uid" ON "values_kept" ("uid");

CREATE INDEX "values_kept_counted_for_id" ON "values_kept" ("counted_for_id");

CREATE UNIQUE INDEX "values_kept_counted_for_id_quarter" ON "values_kept" ("counted_for_id", "quarter");
