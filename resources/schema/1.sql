CREATE TABLE "meta" ("id" INTEGER NOT NULL PRIMARY KEY, "database_id" TEXT NOT NULL, "purpose" TEXT NOT NULL CHECK (purpose IN ('office', 'exercise')), "folding_version" INTEGER NOT NULL, "log_key" BLOB NOT NULL);

CREATE TABLE "audit" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "at" TEXT NOT NULL, "staff_id" INTEGER, "name" TEXT NOT NULL, "subject_kind" TEXT NOT NULL, "subject_id" INTEGER, "person_id" INTEGER, "undoes_id" INTEGER, "roles" TEXT NOT NULL, "station" TEXT NOT NULL, "mac" TEXT NOT NULL, FOREIGN KEY ("undoes_id") REFERENCES "audit" ("id"));

CREATE INDEX "audit_at" ON "audit" ("at");

CREATE INDEX "audit_person_id" ON "audit" ("person_id");

CREATE INDEX "audit_undoes_id" ON "audit" ("undoes_id");

CREATE TABLE "change" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "audit_id" INTEGER NOT NULL, "person_id" INTEGER, "table" TEXT NOT NULL, "row" INTEGER NOT NULL, "version" INTEGER NOT NULL, "schema" INTEGER NOT NULL, "before" TEXT, "after" TEXT, FOREIGN KEY ("audit_id") REFERENCES "audit" ("id"));

CREATE INDEX "change_audit_id" ON "change" ("audit_id");

CREATE INDEX "change_person_id" ON "change" ("person_id");

CREATE INDEX "change_table_row" ON "change" ("table", "row");

CREATE INDEX "change_removed" ON "change" ("table") WHERE (("after" IS NULL) AND ("before" IS NOT NULL));

CREATE TABLE "organisation" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "name" TEXT NOT NULL, "street" TEXT NOT NULL, "number" TEXT NOT NULL, "postcode" TEXT NOT NULL, "town" TEXT NOT NULL, "province" TEXT NOT NULL, "phone" TEXT NOT NULL, "email" TEXT NOT NULL, "website" TEXT NOT NULL, "logo" BLOB, "colour" TEXT NOT NULL, "window" TEXT NOT NULL CHECK ("window" IN ('left', 'right')), "shift_x" INTEGER NOT NULL, "shift_y" INTEGER NOT NULL, "fold" TEXT NOT NULL CHECK (fold IN ('DL', 'C5', 'none')), "call_within" INTEGER NOT NULL, "call_attempts" INTEGER NOT NULL, "arrived_letter_within" INTEGER NOT NULL, "intake_letter_within" INTEGER NOT NULL, "aftercare_after" INTEGER NOT NULL, "voucher_valid" INTEGER NOT NULL, "word_voucher" TEXT NOT NULL, "word_participant" TEXT NOT NULL);

CREATE UNIQUE INDEX "organisation_uid" ON "organisation" ("uid");

CREATE TABLE "staff" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "name" TEXT NOT NULL, "sign_in_name" TEXT NOT NULL, "role_title" TEXT NOT NULL, "phone" TEXT NOT NULL, "email" TEXT NOT NULL, "active" INTEGER NOT NULL);

CREATE UNIQUE INDEX "staff_uid" ON "staff" ("uid");

CREATE UNIQUE INDEX "staff_sign_in_name" ON "staff" ("sign_in_name");

CREATE TABLE "staff_role" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "staff_id" INTEGER NOT NULL, "role" TEXT NOT NULL CHECK (role IN ('coordinator', 'coach', 'intake', 'leader')), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "staff_role_uid" ON "staff_role" ("uid");

CREATE INDEX "staff_role_staff_id" ON "staff_role" ("staff_id");

CREATE UNIQUE INDEX "staff_role_staff_id_role" ON "staff_role" ("staff_id", "role");

CREATE TABLE "neighbourhood" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "name" TEXT NOT NULL, "postcodes" TEXT NOT NULL);

CREATE UNIQUE INDEX "neighbourhood_uid" ON "neighbourhood" ("uid");

CREATE UNIQUE INDEX "neighbourhood_name" ON "neighbourhood" ("name");

CREATE TABLE "theme" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "code" TEXT NOT NULL, "name" TEXT NOT NULL, "position" INTEGER NOT NULL);

CREATE UNIQUE INDEX "theme_uid" ON "theme" ("uid");

CREATE UNIQUE INDEX "theme_code" ON "theme" ("code");

CREATE TABLE "reason" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "code" TEXT NOT NULL, "name" TEXT NOT NULL, "position" INTEGER NOT NULL, "active" INTEGER NOT NULL);

CREATE UNIQUE INDEX "reason_uid" ON "reason" ("uid");

CREATE UNIQUE INDEX "reason_code" ON "reason" ("code");

CREATE TABLE "reason_theme" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "reason_id" INTEGER NOT NULL, "theme_id" INTEGER NOT NULL, FOREIGN KEY ("reason_id") REFERENCES "reason" ("id") ON DELETE CASCADE, FOREIGN KEY ("theme_id") REFERENCES "theme" ("id"));

CREATE UNIQUE INDEX "reason_theme_uid" ON "reason_theme" ("uid");

CREATE INDEX "reason_theme_reason_id" ON "reason_theme" ("reason_id");

CREATE INDEX "reason_theme_theme_id" ON "reason_theme" ("theme_id");

CREATE UNIQUE INDEX "reason_theme_reason_id_theme_id" ON "reason_theme" ("reason_id", "theme_id");

CREATE TABLE "practice" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "name" TEXT NOT NULL, "kind" TEXT NOT NULL, "agb" TEXT, "street" TEXT NOT NULL, "number" TEXT NOT NULL, "postcode" TEXT NOT NULL, "town" TEXT NOT NULL, "phone" TEXT NOT NULL, "secure_mail" TEXT NOT NULL, "neighbourhood_id" INTEGER, "coach_id" INTEGER, "substitute_id" INTEGER, "in_practice_hours" TEXT NOT NULL, "letter_moments" TEXT NOT NULL, "letter_to" TEXT NOT NULL CHECK (letter_to IN ('report_to', 'referrer', 'practice')), "letter_copy" INTEGER NOT NULL, "letter_way" TEXT NOT NULL CHECK (letter_way IN ('text', 'pdf', 'print')), "salutation" TEXT NOT NULL, "note" TEXT NOT NULL, "active" INTEGER NOT NULL, "merged_into_id" INTEGER, FOREIGN KEY ("neighbourhood_id") REFERENCES "neighbourhood" ("id"), FOREIGN KEY ("coach_id") REFERENCES "staff" ("id"), FOREIGN KEY ("substitute_id") REFERENCES "staff" ("id"), FOREIGN KEY ("merged_into_id") REFERENCES "practice" ("id"));

CREATE UNIQUE INDEX "practice_uid" ON "practice" ("uid");

CREATE UNIQUE INDEX "practice_agb" ON "practice" ("agb");

CREATE INDEX "practice_neighbourhood_id" ON "practice" ("neighbourhood_id");

CREATE INDEX "practice_coach_id" ON "practice" ("coach_id");

CREATE INDEX "practice_substitute_id" ON "practice" ("substitute_id");

CREATE INDEX "practice_merged_into_id" ON "practice" ("merged_into_id");

CREATE TABLE "contact" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "practice_id" INTEGER NOT NULL, "role" TEXT NOT NULL, "form_of_address" TEXT NOT NULL, "initials" TEXT NOT NULL, "first_name" TEXT NOT NULL, "tussenvoegsel" TEXT NOT NULL, "surname" TEXT NOT NULL, "phone" TEXT NOT NULL, "email" TEXT NOT NULL, "salutation" TEXT NOT NULL, "active" INTEGER NOT NULL, FOREIGN KEY ("practice_id") REFERENCES "practice" ("id"));

CREATE UNIQUE INDEX "contact_uid" ON "contact" ("uid");

CREATE INDEX "contact_practice_id" ON "contact" ("practice_id");

CREATE TABLE "person" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "form_of_address" TEXT NOT NULL, "initials" TEXT NOT NULL, "first_name" TEXT NOT NULL, "tussenvoegsel" TEXT NOT NULL, "surname" TEXT NOT NULL, "birth_name" TEXT NOT NULL, "birth_date" TEXT NOT NULL, "street" TEXT NOT NULL, "number" TEXT NOT NULL, "postcode" TEXT NOT NULL, "town" TEXT NOT NULL, "neighbourhood_id" INTEGER, "phone" TEXT NOT NULL, "phone2" TEXT NOT NULL, "voicemail" TEXT NOT NULL, "best_time" TEXT NOT NULL, "email" TEXT NOT NULL, "contact_by" TEXT NOT NULL, "comes_by" INTEGER NOT NULL, "language" TEXT NOT NULL, "interpreter" INTEGER NOT NULL, "contact_name" TEXT NOT NULL, "contact_relation" TEXT NOT NULL, "contact_phone" TEXT NOT NULL, "own_practice_id" INTEGER, "note" TEXT NOT NULL, "informed_on" TEXT, "informed_how" TEXT NOT NULL, "informed_by_id" INTEGER, "sound" TEXT NOT NULL, "sort_name" TEXT NOT NULL, "merged_into_id" INTEGER, "erased_on" TEXT, FOREIGN KEY ("neighbourhood_id") REFERENCES "neighbourhood" ("id"), FOREIGN KEY ("own_practice_id") REFERENCES "practice" ("id"), FOREIGN KEY ("informed_by_id") REFERENCES "staff" ("id"), FOREIGN KEY ("merged_into_id") REFERENCES "person" ("id"));

CREATE UNIQUE INDEX "person_uid" ON "person" ("uid");

CREATE INDEX "person_birth_date" ON "person" ("birth_date");

CREATE INDEX "person_postcode" ON "person" ("postcode");

CREATE INDEX "person_neighbourhood_id" ON "person" ("neighbourhood_id");

CREATE INDEX "person_phone" ON "person" ("phone");

CREATE INDEX "person_phone2" ON "person" ("phone2");

CREATE INDEX "person_own_practice_id" ON "person" ("own_practice_id");

CREATE INDEX "person_informed_by_id" ON "person" ("informed_by_id");

CREATE INDEX "person_sound" ON "person" ("sound");

CREATE INDEX "person_sort_name" ON "person" ("sort_name");

CREATE INDEX "person_in_order" ON "person" ("sort_name", "id") WHERE (("merged_into_id" IS NULL) AND ("erased_on" IS NULL));

CREATE TABLE "different_people" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "other_id" INTEGER NOT NULL, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE, FOREIGN KEY ("other_id") REFERENCES "person" ("id") ON DELETE CASCADE);

CREATE UNIQUE INDEX "different_people_uid" ON "different_people" ("uid");

CREATE INDEX "different_people_person_id" ON "different_people" ("person_id");

CREATE INDEX "different_people_other_id" ON "different_people" ("other_id");

CREATE UNIQUE INDEX "different_people_person_id_other_id" ON "different_people" ("person_id", "other_id");

CREATE TABLE "voucher" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "number" TEXT NOT NULL, "their_reference" TEXT NOT NULL, "practice_id" INTEGER, "referrer_id" INTEGER, "referrer_kind" TEXT NOT NULL, "referrer_name" TEXT NOT NULL, "report_to_id" INTEGER, "dated_on" TEXT NOT NULL, "received_on" TEXT NOT NULL, "channel" TEXT NOT NULL, "note" TEXT NOT NULL, "valid_until" TEXT, "report_back" INTEGER NOT NULL, "ground" TEXT NOT NULL, "warm" INTEGER NOT NULL, "icpc" TEXT NOT NULL, "coach_id" INTEGER, "substitute_id" INTEGER, "status" TEXT NOT NULL CHECK (status IN ('received', 'contacting', 'intake_planned', 'intake_held', 'placing', 'participating', 'aftercare', 'closed')), "due_on" TEXT, "outcome" TEXT NOT NULL, "previous_id" INTEGER, FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("practice_id") REFERENCES "practice" ("id"), FOREIGN KEY ("referrer_id") REFERENCES "contact" ("id"), FOREIGN KEY ("report_to_id") REFERENCES "contact" ("id"), FOREIGN KEY ("coach_id") REFERENCES "staff" ("id"), FOREIGN KEY ("substitute_id") REFERENCES "staff" ("id"), FOREIGN KEY ("previous_id") REFERENCES "voucher" ("id"));

CREATE UNIQUE INDEX "voucher_uid" ON "voucher" ("uid");

CREATE INDEX "voucher_person_id" ON "voucher" ("person_id");

CREATE UNIQUE INDEX "voucher_number" ON "voucher" ("number");

CREATE INDEX "voucher_practice_id" ON "voucher" ("practice_id");

CREATE INDEX "voucher_referrer_id" ON "voucher" ("referrer_id");

CREATE INDEX "voucher_report_to_id" ON "voucher" ("report_to_id");

CREATE INDEX "voucher_received_on" ON "voucher" ("received_on");

CREATE INDEX "voucher_coach_id" ON "voucher" ("coach_id");

CREATE INDEX "voucher_substitute_id" ON "voucher" ("substitute_id");

CREATE INDEX "voucher_status" ON "voucher" ("status");

CREATE INDEX "voucher_due_on" ON "voucher" ("due_on");

CREATE INDEX "voucher_previous_id" ON "voucher" ("previous_id");

CREATE TABLE "voucher_reason" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "reason_id" INTEGER NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("reason_id") REFERENCES "reason" ("id"));

CREATE UNIQUE INDEX "voucher_reason_uid" ON "voucher_reason" ("uid");

CREATE INDEX "voucher_reason_voucher_id" ON "voucher_reason" ("voucher_id");

CREATE INDEX "voucher_reason_reason_id" ON "voucher_reason" ("reason_id");

CREATE UNIQUE INDEX "voucher_reason_voucher_id_reason_id" ON "voucher_reason" ("voucher_id", "reason_id");

CREATE TABLE "contact_attempt" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "at" TEXT NOT NULL, "direction" TEXT NOT NULL CHECK (direction IN ('out', 'in')), "way" TEXT NOT NULL, "outcome" TEXT NOT NULL, "call_back_on" TEXT, "call_back_at" TEXT, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "contact_attempt_uid" ON "contact_attempt" ("uid");

CREATE INDEX "contact_attempt_voucher_id" ON "contact_attempt" ("voucher_id");

CREATE INDEX "contact_attempt_person_id" ON "contact_attempt" ("person_id");

CREATE INDEX "contact_attempt_staff_id" ON "contact_attempt" ("staff_id");

CREATE TABLE "appointment" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "kind" TEXT NOT NULL CHECK (kind IN ('intake', 'first_visit', 'aftercare')), "starts_at" TEXT NOT NULL, "place" TEXT NOT NULL, "address" TEXT NOT NULL, "coach_id" INTEGER, "state" TEXT NOT NULL CHECK (state IN ('planned', 'held', 'missed', 'moved', 'cancelled')), "warm" INTEGER NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("coach_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "appointment_uid" ON "appointment" ("uid");

CREATE INDEX "appointment_voucher_id" ON "appointment" ("voucher_id");

CREATE INDEX "appointment_person_id" ON "appointment" ("person_id");

CREATE INDEX "appointment_staff_id" ON "appointment" ("staff_id");

CREATE INDEX "appointment_starts_at" ON "appointment" ("starts_at");

CREATE INDEX "appointment_coach_id" ON "appointment" ("coach_id");

CREATE TABLE "intake" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "appointment_id" INTEGER, "held_on" TEXT NOT NULL, "place" TEXT NOT NULL, "coach_id" INTEGER, "goals" TEXT NOT NULL, "wishes" TEXT NOT NULL, "barriers" TEXT NOT NULL, "agreed" TEXT NOT NULL, "mark_body" INTEGER, "mark_feeling" INTEGER, "mark_meaning" INTEGER, "mark_quality" INTEGER, "mark_joining" INTEGER, "mark_daily" INTEGER, "one_talk_enough" INTEGER NOT NULL, "warm" INTEGER NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("appointment_id") REFERENCES "appointment" ("id"), FOREIGN KEY ("coach_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "intake_uid" ON "intake" ("uid");

CREATE INDEX "intake_voucher_id" ON "intake" ("voucher_id");

CREATE INDEX "intake_person_id" ON "intake" ("person_id");

CREATE INDEX "intake_staff_id" ON "intake" ("staff_id");

CREATE INDEX "intake_appointment_id" ON "intake" ("appointment_id");

CREATE INDEX "intake_coach_id" ON "intake" ("coach_id");

CREATE TABLE "location" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "name" TEXT NOT NULL, "street" TEXT NOT NULL, "number" TEXT NOT NULL, "postcode" TEXT NOT NULL, "town" TEXT NOT NULL, "neighbourhood_id" INTEGER, "wheelchair" TEXT NOT NULL, "lift" TEXT NOT NULL, FOREIGN KEY ("neighbourhood_id") REFERENCES "neighbourhood" ("id"));

CREATE UNIQUE INDEX "location_uid" ON "location" ("uid");

CREATE INDEX "location_neighbourhood_id" ON "location" ("neighbourhood_id");

CREATE TABLE "activity" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "title" TEXT NOT NULL, "letter_name" TEXT NOT NULL, "short_text" TEXT NOT NULL, "long_text" TEXT NOT NULL, "provider" TEXT NOT NULL CHECK (provider IN ('own', 'partner')), "partner" TEXT NOT NULL, "location_id" INTEGER, "neighbourhood_id" INTEGER, "leader_id" INTEGER, "contact_name" TEXT NOT NULL, "contact_phone" TEXT NOT NULL, "contact_email" TEXT NOT NULL, "capacity" INTEGER, "age_from" INTEGER, "age_to" INTEGER, "price_cents" INTEGER, "price_per" TEXT NOT NULL, "price_times" INTEGER, "price_note" TEXT NOT NULL, "wheelchair" TEXT NOT NULL, "lift" TEXT NOT NULL, "language" TEXT NOT NULL, "transport" TEXT NOT NULL, "how_to_join" TEXT NOT NULL, "keeps_attendance" INTEGER NOT NULL, "skips_holidays" INTEGER NOT NULL, "status" TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'full', 'stopped')), "schedule_note" TEXT NOT NULL, "note" TEXT NOT NULL, "checked_on" TEXT, "checked_by_id" INTEGER, FOREIGN KEY ("location_id") REFERENCES "location" ("id"), FOREIGN KEY ("neighbourhood_id") REFERENCES "neighbourhood" ("id"), FOREIGN KEY ("leader_id") REFERENCES "staff" ("id"), FOREIGN KEY ("checked_by_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "activity_uid" ON "activity" ("uid");

CREATE INDEX "activity_location_id" ON "activity" ("location_id");

CREATE INDEX "activity_neighbourhood_id" ON "activity" ("neighbourhood_id");

CREATE INDEX "activity_leader_id" ON "activity" ("leader_id");

CREATE INDEX "activity_checked_by_id" ON "activity" ("checked_by_id");

CREATE TABLE "schedule" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "activity_id" INTEGER NOT NULL, "rrule" TEXT NOT NULL, "starts_on" TEXT, "ends_on" TEXT, "opens" TEXT, "closes" TEXT, "note" TEXT NOT NULL, FOREIGN KEY ("activity_id") REFERENCES "activity" ("id"));

CREATE UNIQUE INDEX "schedule_uid" ON "schedule" ("uid");

CREATE INDEX "schedule_activity_id" ON "schedule" ("activity_id");

CREATE TABLE "activity_theme" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "activity_id" INTEGER NOT NULL, "theme_id" INTEGER NOT NULL, FOREIGN KEY ("activity_id") REFERENCES "activity" ("id"), FOREIGN KEY ("theme_id") REFERENCES "theme" ("id"));

CREATE UNIQUE INDEX "activity_theme_uid" ON "activity_theme" ("uid");

CREATE INDEX "activity_theme_activity_id" ON "activity_theme" ("activity_id");

CREATE INDEX "activity_theme_theme_id" ON "activity_theme" ("theme_id");

CREATE UNIQUE INDEX "activity_theme_activity_id_theme_id" ON "activity_theme" ("activity_id", "theme_id");

CREATE TABLE "enrolment" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "activity_id" INTEGER, "destination" TEXT NOT NULL, "destination_name" TEXT NOT NULL, "state" TEXT NOT NULL CHECK (state IN ('enrolled', 'waiting', 'started', 'stopped')), "enrolled_on" TEXT NOT NULL, "start_on" TEXT, "first_attended_on" TEXT, "first_known_by" TEXT NOT NULL, "accompanied" INTEGER NOT NULL, "stopped_on" TEXT, "stop_reason" TEXT NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("activity_id") REFERENCES "activity" ("id"));

CREATE UNIQUE INDEX "enrolment_uid" ON "enrolment" ("uid");

CREATE INDEX "enrolment_voucher_id" ON "enrolment" ("voucher_id");

CREATE INDEX "enrolment_person_id" ON "enrolment" ("person_id");

CREATE INDEX "enrolment_staff_id" ON "enrolment" ("staff_id");

CREATE INDEX "enrolment_activity_id" ON "enrolment" ("activity_id");

CREATE TABLE "worry" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "kind" TEXT NOT NULL, "noticed_on" TEXT NOT NULL, "called_at" TEXT, "reached" TEXT NOT NULL, "meldcode_step" INTEGER NOT NULL, "done_on" TEXT, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "worry_uid" ON "worry" ("uid");

CREATE INDEX "worry_voucher_id" ON "worry" ("voucher_id");

CREATE INDEX "worry_person_id" ON "worry" ("person_id");

CREATE INDEX "worry_staff_id" ON "worry" ("staff_id");

CREATE TABLE "closing" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "closed_on" TEXT NOT NULL, "outcome" TEXT NOT NULL, "reason" TEXT NOT NULL, "passed_on_to" TEXT NOT NULL, "reopened_on" TEXT, "reopened_why" TEXT NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "closing_uid" ON "closing" ("uid");

CREATE INDEX "closing_voucher_id" ON "closing" ("voucher_id");

CREATE INDEX "closing_person_id" ON "closing" ("person_id");

CREATE INDEX "closing_staff_id" ON "closing" ("staff_id");

CREATE TABLE "consent" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "voucher_id" INTEGER, "purpose" TEXT NOT NULL, "answer" TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'ask')), "given_on" TEXT NOT NULL, "how" TEXT NOT NULL, "staff_id" INTEGER, "text_version" INTEGER NOT NULL, "withdrawn_on" TEXT, FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "consent_uid" ON "consent" ("uid");

CREATE INDEX "consent_person_id" ON "consent" ("person_id");

CREATE INDEX "consent_voucher_id" ON "consent" ("voucher_id");

CREATE INDEX "consent_staff_id" ON "consent" ("staff_id");

CREATE TABLE "postponement" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "task" TEXT NOT NULL, "until" TEXT NOT NULL, "staff_id" INTEGER, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "postponement_uid" ON "postponement" ("uid");

CREATE INDEX "postponement_voucher_id" ON "postponement" ("voucher_id");

CREATE INDEX "postponement_staff_id" ON "postponement" ("staff_id");

CREATE UNIQUE INDEX "postponement_voucher_id_task" ON "postponement" ("voucher_id", "task");

CREATE TABLE "gap" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER, "reason_id" INTEGER, "neighbourhood_id" INTEGER, "noticed_on" TEXT NOT NULL, "note" TEXT NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("reason_id") REFERENCES "reason" ("id"), FOREIGN KEY ("neighbourhood_id") REFERENCES "neighbourhood" ("id"));

CREATE UNIQUE INDEX "gap_uid" ON "gap" ("uid");

CREATE INDEX "gap_voucher_id" ON "gap" ("voucher_id");

CREATE INDEX "gap_reason_id" ON "gap" ("reason_id");

CREATE INDEX "gap_neighbourhood_id" ON "gap" ("neighbourhood_id");

CREATE TABLE "letter" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "moment" TEXT NOT NULL CHECK (moment IN ('arrived', 'intake', 'progress', 'closing', 'declined', 'signal')), "practice_id" INTEGER, "recipient_id" INTEGER, "recipient_key" TEXT NOT NULL, "state" TEXT NOT NULL CHECK (state IN ('concept', 'fixed', 'sent')), "content" TEXT NOT NULL, "written_by_id" INTEGER, "written_on" TEXT NOT NULL, "approved_by_id" INTEGER, "approved_at" TEXT, "discussed" INTEGER NOT NULL, "corrects_id" INTEGER, "withdrawn_on" TEXT, "withdrawn_why" TEXT NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("practice_id") REFERENCES "practice" ("id"), FOREIGN KEY ("recipient_id") REFERENCES "contact" ("id"), FOREIGN KEY ("written_by_id") REFERENCES "staff" ("id"), FOREIGN KEY ("approved_by_id") REFERENCES "staff" ("id"), FOREIGN KEY ("corrects_id") REFERENCES "letter" ("id"));

CREATE UNIQUE INDEX "letter_uid" ON "letter" ("uid");

CREATE INDEX "letter_voucher_id" ON "letter" ("voucher_id");

CREATE INDEX "letter_person_id" ON "letter" ("person_id");

CREATE INDEX "letter_practice_id" ON "letter" ("practice_id");

CREATE INDEX "letter_recipient_id" ON "letter" ("recipient_id");

CREATE INDEX "letter_written_by_id" ON "letter" ("written_by_id");

CREATE INDEX "letter_approved_by_id" ON "letter" ("approved_by_id");

CREATE INDEX "letter_corrects_id" ON "letter" ("corrects_id");

CREATE UNIQUE INDEX "letter_once" ON "letter" ("voucher_id", "moment", "recipient_key") WHERE (("withdrawn_on" IS NULL) AND ("corrects_id" IS NULL));

CREATE INDEX "letter_state" ON "letter" ("state", "withdrawn_on", "written_on");

CREATE INDEX "letter_told" ON "letter" ("voucher_id", "moment", "withdrawn_on", "written_on");

CREATE TABLE "letter_moment" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "letter_id" INTEGER NOT NULL, "moment" TEXT NOT NULL, FOREIGN KEY ("letter_id") REFERENCES "letter" ("id"));

CREATE UNIQUE INDEX "letter_moment_uid" ON "letter_moment" ("uid");

CREATE INDEX "letter_moment_letter_id" ON "letter_moment" ("letter_id");

CREATE TABLE "letter_pdf" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "letter_id" INTEGER NOT NULL, "bytes" BLOB NOT NULL, "sha256" TEXT NOT NULL, FOREIGN KEY ("letter_id") REFERENCES "letter" ("id"));

CREATE UNIQUE INDEX "letter_pdf_uid" ON "letter_pdf" ("uid");

CREATE UNIQUE INDEX "letter_pdf_letter_id" ON "letter_pdf" ("letter_id");

CREATE TABLE "dispatch" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "letter_id" INTEGER NOT NULL, "way" TEXT NOT NULL CHECK (way IN ('text', 'pdf', 'print')), "batch" TEXT NOT NULL, "position" INTEGER NOT NULL, "sent_at" TEXT NOT NULL, "confirmed_at" TEXT, "staff_id" INTEGER, FOREIGN KEY ("letter_id") REFERENCES "letter" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "dispatch_uid" ON "dispatch" ("uid");

CREATE INDEX "dispatch_letter_id" ON "dispatch" ("letter_id");

CREATE INDEX "dispatch_staff_id" ON "dispatch" ("staff_id");

CREATE TABLE "request" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "person_id" INTEGER, "kind" TEXT NOT NULL CHECK (kind IN ('access', 'correction', 'destruction', 'objection')), "received_on" TEXT NOT NULL, "answer_by" TEXT NOT NULL, "asked_by" TEXT NOT NULL, "proved" INTEGER NOT NULL, "extended_why" TEXT NOT NULL, "answered_on" TEXT, "outcome" TEXT NOT NULL, "answer" TEXT NOT NULL, "staff_id" INTEGER, FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "request_uid" ON "request" ("uid");

CREATE INDEX "request_person_id" ON "request" ("person_id");

CREATE INDEX "request_staff_id" ON "request" ("staff_id");

CREATE TABLE "breach" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "noticed_at" TEXT NOT NULL, "happened_on" TEXT, "what" TEXT NOT NULL, "whose" TEXT NOT NULL, "people" INTEGER, "consequences" TEXT NOT NULL, "measures" TEXT NOT NULL, "to_authority" TEXT NOT NULL, "authority_at" TEXT, "authority_number" TEXT NOT NULL, "to_people" TEXT NOT NULL, "people_on" TEXT, "why_not" TEXT NOT NULL, "closed_on" TEXT, "staff_id" INTEGER, FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "breach_uid" ON "breach" ("uid");

CREATE INDEX "breach_staff_id" ON "breach" ("staff_id");

CREATE TABLE "retention_term" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "kind" TEXT NOT NULL, "months" INTEGER NOT NULL);

CREATE UNIQUE INDEX "retention_term_uid" ON "retention_term" ("uid");

CREATE UNIQUE INDEX "retention_term_kind" ON "retention_term" ("kind");

CREATE TABLE "retention_list" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "made_on" TEXT NOT NULL, "until" TEXT NOT NULL, "approved_on" TEXT, "approved_by_id" INTEGER, "done_on" TEXT, FOREIGN KEY ("approved_by_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "retention_list_uid" ON "retention_list" ("uid");

CREATE INDEX "retention_list_approved_by_id" ON "retention_list" ("approved_by_id");

CREATE TABLE "retention_item" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "list_id" INTEGER NOT NULL, "person_id" INTEGER, "kind" TEXT NOT NULL, "ended_on" TEXT NOT NULL, "cases" INTEGER NOT NULL, "choice" TEXT NOT NULL CHECK (choice IN ('destroy', 'anonymise', 'keep')), "why_keep" TEXT NOT NULL, "done_on" TEXT, FOREIGN KEY ("list_id") REFERENCES "retention_list" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"));

CREATE UNIQUE INDEX "retention_item_uid" ON "retention_item" ("uid");

CREATE INDEX "retention_item_list_id" ON "retention_item" ("list_id");

CREATE INDEX "retention_item_person_id" ON "retention_item" ("person_id");

CREATE TABLE "destruction" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "number" TEXT NOT NULL, "done_on" TEXT NOT NULL, "how" TEXT NOT NULL CHECK (how IN ('destroy', 'anonymise')), "why" TEXT NOT NULL, "persons" INTEGER NOT NULL, "cases" INTEGER NOT NULL, "rows" INTEGER NOT NULL, "person_number" INTEGER, "request_id" INTEGER, "list_id" INTEGER, "backups_until" TEXT NOT NULL, "staff_id" INTEGER, FOREIGN KEY ("request_id") REFERENCES "request" ("id"), FOREIGN KEY ("list_id") REFERENCES "retention_list" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "destruction_uid" ON "destruction" ("uid");

CREATE UNIQUE INDEX "destruction_number" ON "destruction" ("number");

CREATE INDEX "destruction_request_id" ON "destruction" ("request_id");

CREATE INDEX "destruction_list_id" ON "destruction" ("list_id");

CREATE INDEX "destruction_staff_id" ON "destruction" ("staff_id");

CREATE TABLE "others_mark" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "table" TEXT NOT NULL, "row" INTEGER NOT NULL, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE);

CREATE UNIQUE INDEX "others_mark_uid" ON "others_mark" ("uid");

CREATE INDEX "others_mark_person_id" ON "others_mark" ("person_id");

CREATE UNIQUE INDEX "others_mark_table_row" ON "others_mark" ("table", "row");

CREATE TABLE "meldcode_step" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "voucher_id" INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "staff_id" INTEGER, "note" TEXT NOT NULL, "worry_id" INTEGER NOT NULL, "step" INTEGER NOT NULL CHECK (step BETWEEN 1 AND 5), "done_on" TEXT NOT NULL, FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("worry_id") REFERENCES "worry" ("id") ON DELETE CASCADE);

CREATE UNIQUE INDEX "meldcode_step_uid" ON "meldcode_step" ("uid");

CREATE INDEX "meldcode_step_voucher_id" ON "meldcode_step" ("voucher_id");

CREATE INDEX "meldcode_step_person_id" ON "meldcode_step" ("person_id");

CREATE INDEX "meldcode_step_staff_id" ON "meldcode_step" ("staff_id");

CREATE INDEX "meldcode_step_worry_id" ON "meldcode_step" ("worry_id");

CREATE UNIQUE INDEX "meldcode_step_worry_id_step" ON "meldcode_step" ("worry_id", "step");

CREATE TABLE "export" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" TEXT NOT NULL, "version" INTEGER NOT NULL, "what" TEXT NOT NULL, "reason" TEXT NOT NULL, "lines" INTEGER NOT NULL, "exported_at" TEXT NOT NULL, "staff_id" INTEGER, FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"));

CREATE UNIQUE INDEX "export_uid" ON "export" ("uid");

CREATE INDEX "export_staff_id" ON "export" ("staff_id");

CREATE TABLE search_entry (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject_id INTEGER NOT NULL, person_id INTEGER, text TEXT NOT NULL, sort_key TEXT NOT NULL, UNIQUE (kind, subject_id));

CREATE INDEX search_entry_sort_key ON search_entry (sort_key);

CREATE INDEX search_entry_person_id ON search_entry (person_id);

CREATE VIRTUAL TABLE search_index USING fts5(text, content='search_entry', content_rowid='id', tokenize='trigram');

INSERT INTO search_index(search_index, rank) VALUES('secure-delete', 1);

CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN INSERT INTO search_index(rowid, text) VALUES (new.id, new.text); END;

CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN INSERT INTO search_index(search_index, rowid, text) VALUES('delete', old.id, old.text); END;

CREATE TRIGGER search_entry_update AFTER UPDATE OF text ON search_entry BEGIN INSERT INTO search_index(search_index, rowid, text) VALUES('delete', old.id, old.text); INSERT INTO search_index(rowid, text) VALUES (new.id, new.text); END;
