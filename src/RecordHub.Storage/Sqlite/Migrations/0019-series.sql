-- What the instances of a series have in common, each different row of it once: a search for studies or series goes
-- through these, which are far fewer than instances. Kept by triggers, so it is true whoever writes instances.
CREATE TABLE series (
  case_number          INTEGER NOT NULL,
  study_uid            TEXT NOT NULL,
  series_uid           TEXT NOT NULL,
  patient              TEXT NOT NULL,
  patient_name_folded  TEXT,
  patient_name_words   TEXT,
  patient_id           TEXT,
  issuer_of_patient_id TEXT,
  patient_birth_date   TEXT,
  patient_sex          TEXT,
  study_date           TEXT,
  study_time           TEXT,
  timezone             TEXT,
  accession_number     TEXT,
  study_id             TEXT,
  study_description    TEXT,
  referring_physician  TEXT,
  institution          TEXT,
  modality             TEXT,
  series_date          TEXT,
  series_time          TEXT,
  series_description   TEXT,
  series_number        INTEGER,
  body_part            TEXT,
  laterality           TEXT,
  procedure_start_date TEXT,
  procedure_start_time TEXT
);
CREATE INDEX series_place ON series (case_number, study_uid, series_uid);
CREATE INDEX series_study ON series (study_uid, series_uid);
CREATE INDEX series_patient_id ON series (patient_id);
CREATE INDEX series_accession ON series (accession_number) WHERE accession_number IS NOT NULL;
CREATE INDEX series_study_date ON series (study_date);
CREATE INDEX series_name ON series (patient_name_folded);
CREATE INDEX series_name_groups ON series (patient_name_folded) WHERE patient_name_folded LIKE '=%=%=%';

INSERT INTO series (
  case_number, study_uid, series_uid, patient, patient_name_folded, patient_name_words, patient_id,
  issuer_of_patient_id, patient_birth_date, patient_sex, study_date, study_time, timezone, accession_number, study_id,
  study_description, referring_physician, institution, modality, series_date, series_time, series_description,
  series_number, body_part, laterality, procedure_start_date, procedure_start_time
)
SELECT DISTINCT
  case_number, study_uid, series_uid, patient, patient_name_folded, patient_name_words, patient_id,
  issuer_of_patient_id, patient_birth_date, patient_sex, study_date, study_time, timezone, accession_number, study_id,
  study_description, referring_physician, institution, modality, series_date, series_time, series_description,
  series_number, body_part, laterality, procedure_start_date, procedure_start_time
FROM instance;

CREATE TRIGGER series_added AFTER INSERT ON instance BEGIN
  INSERT INTO series (
    case_number, study_uid, series_uid, patient, patient_name_folded, patient_name_words, patient_id,
    issuer_of_patient_id, patient_birth_date, patient_sex, study_date, study_time, timezone, accession_number,
    study_id, study_description, referring_physician, institution, modality, series_date, series_time,
    series_description, series_number, body_part, laterality, procedure_start_date, procedure_start_time
  )
  SELECT
    NEW.case_number, NEW.study_uid, NEW.series_uid, NEW.patient, NEW.patient_name_folded, NEW.patient_name_words,
    NEW.patient_id, NEW.issuer_of_patient_id, NEW.patient_birth_date, NEW.patient_sex, NEW.study_date, NEW.study_time,
    NEW.timezone, NEW.accession_number, NEW.study_id, NEW.study_description, NEW.referring_physician, NEW.institution,
    NEW.modality, NEW.series_date, NEW.series_time, NEW.series_description, NEW.series_number, NEW.body_part,
    NEW.laterality, NEW.procedure_start_date, NEW.procedure_start_time
  WHERE NOT EXISTS (
    SELECT 1 FROM series s
    WHERE s.case_number = NEW.case_number AND s.study_uid = NEW.study_uid AND s.series_uid = NEW.series_uid
      AND (
        s.patient, s.patient_name_folded, s.patient_name_words, s.patient_id, s.issuer_of_patient_id,
        s.patient_birth_date, s.patient_sex, s.study_date, s.study_time, s.timezone, s.accession_number, s.study_id,
        s.study_description, s.referring_physician, s.institution, s.modality, s.series_date, s.series_time,
        s.series_description, s.series_number, s.body_part, s.laterality, s.procedure_start_date,
        s.procedure_start_time
      ) IS (
        NEW.patient, NEW.patient_name_folded, NEW.patient_name_words, NEW.patient_id, NEW.issuer_of_patient_id,
        NEW.patient_birth_date, NEW.patient_sex, NEW.study_date, NEW.study_time, NEW.timezone, NEW.accession_number,
        NEW.study_id, NEW.study_description, NEW.referring_physician, NEW.institution, NEW.modality, NEW.series_date,
        NEW.series_time, NEW.series_description, NEW.series_number, NEW.body_part, NEW.laterality,
        NEW.procedure_start_date, NEW.procedure_start_time
      )
  );
END;

CREATE TRIGGER series_changed AFTER UPDATE ON instance WHEN (
  OLD.patient, OLD.patient_name_folded, OLD.patient_name_words, OLD.patient_id, OLD.issuer_of_patient_id,
  OLD.patient_birth_date, OLD.patient_sex, OLD.study_date, OLD.study_time, OLD.timezone, OLD.accession_number,
  OLD.study_id, OLD.study_description, OLD.referring_physician, OLD.institution, OLD.modality, OLD.series_date,
  OLD.series_time, OLD.series_description, OLD.series_number, OLD.body_part, OLD.laterality, OLD.procedure_start_date,
  OLD.procedure_start_time
) IS NOT (
  NEW.patient, NEW.patient_name_folded, NEW.patient_name_words, NEW.patient_id, NEW.issuer_of_patient_id,
  NEW.patient_birth_date, NEW.patient_sex, NEW.study_date, NEW.study_time, NEW.timezone, NEW.accession_number,
  NEW.study_id, NEW.study_description, NEW.referring_physician, NEW.institution, NEW.modality, NEW.series_date,
  NEW.series_time, NEW.series_description, NEW.series_number, NEW.body_part, NEW.laterality, NEW.procedure_start_date,
  NEW.procedure_start_time
) BEGIN
  INSERT INTO series (
    case_number, study_uid, series_uid, patient, patient_name_folded, patient_name_words, patient_id,
    issuer_of_patient_id, patient_birth_date, patient_sex, study_date, study_time, timezone, accession_number,
    study_id, study_description, referring_physician, institution, modality, series_date, series_time,
    series_description, series_number, body_part, laterality, procedure_start_date, procedure_start_time
  )
  SELECT
    NEW.case_number, NEW.study_uid, NEW.series_uid, NEW.patient, NEW.patient_name_folded, NEW.patient_name_words,
    NEW.patient_id, NEW.issuer_of_patient_id, NEW.patient_birth_date, NEW.patient_sex, NEW.study_date, NEW.study_time,
    NEW.timezone, NEW.accession_number, NEW.study_id, NEW.study_description, NEW.referring_physician, NEW.institution,
    NEW.modality, NEW.series_date, NEW.series_time, NEW.series_description, NEW.series_number, NEW.body_part,
    NEW.laterality, NEW.procedure_start_date, NEW.procedure_start_time
  WHERE NOT EXISTS (
    SELECT 1 FROM series s
    WHERE s.case_number = NEW.case_number AND s.study_uid = NEW.study_uid AND s.series_uid = NEW.series_uid
      AND (
        s.patient, s.patient_name_folded, s.patient_name_words, s.patient_id, s.issuer_of_patient_id,
        s.patient_birth_date, s.patient_sex, s.study_date, s.study_time, s.timezone, s.accession_number, s.study_id,
        s.study_description, s.referring_physician, s.institution, s.modality, s.series_date, s.series_time,
        s.series_description, s.series_number, s.body_part, s.laterality, s.procedure_start_date,
        s.procedure_start_time
      ) IS (
        NEW.patient, NEW.patient_name_folded, NEW.patient_name_words, NEW.patient_id, NEW.issuer_of_patient_id,
        NEW.patient_birth_date, NEW.patient_sex, NEW.study_date, NEW.study_time, NEW.timezone, NEW.accession_number,
        NEW.study_id, NEW.study_description, NEW.referring_physician, NEW.institution, NEW.modality, NEW.series_date,
        NEW.series_time, NEW.series_description, NEW.series_number, NEW.body_part, NEW.laterality,
        NEW.procedure_start_date, NEW.procedure_start_time
      )
  );

  DELETE FROM series
  WHERE series.case_number = OLD.case_number AND series.study_uid = OLD.study_uid AND series.series_uid = OLD.series_uid
    AND (
      series.patient, series.patient_name_folded, series.patient_name_words, series.patient_id,
      series.issuer_of_patient_id, series.patient_birth_date, series.patient_sex, series.study_date,
      series.study_time, series.timezone, series.accession_number, series.study_id, series.study_description,
      series.referring_physician, series.institution, series.modality, series.series_date, series.series_time,
      series.series_description, series.series_number, series.body_part, series.laterality,
      series.procedure_start_date, series.procedure_start_time
    ) IS (
      OLD.patient, OLD.patient_name_folded, OLD.patient_name_words, OLD.patient_id, OLD.issuer_of_patient_id,
      OLD.patient_birth_date, OLD.patient_sex, OLD.study_date, OLD.study_time, OLD.timezone, OLD.accession_number,
      OLD.study_id, OLD.study_description, OLD.referring_physician, OLD.institution, OLD.modality, OLD.series_date,
      OLD.series_time, OLD.series_description, OLD.series_number, OLD.body_part, OLD.laterality,
      OLD.procedure_start_date, OLD.procedure_start_time
    )
    AND NOT EXISTS (
      SELECT 1 FROM instance i
      WHERE i.case_number = OLD.case_number AND i.study_uid = OLD.study_uid AND i.series_uid = OLD.series_uid
        AND (
          i.patient, i.patient_name_folded, i.patient_name_words, i.patient_id, i.issuer_of_patient_id,
          i.patient_birth_date, i.patient_sex, i.study_date, i.study_time, i.timezone, i.accession_number, i.study_id,
          i.study_description, i.referring_physician, i.institution, i.modality, i.series_date, i.series_time,
          i.series_description, i.series_number, i.body_part, i.laterality, i.procedure_start_date,
          i.procedure_start_time
        ) IS (
          OLD.patient, OLD.patient_name_folded, OLD.patient_name_words, OLD.patient_id, OLD.issuer_of_patient_id,
          OLD.patient_birth_date, OLD.patient_sex, OLD.study_date, OLD.study_time, OLD.timezone, OLD.accession_number,
          OLD.study_id, OLD.study_description, OLD.referring_physician, OLD.institution, OLD.modality,
          OLD.series_date, OLD.series_time, OLD.series_description, OLD.series_number, OLD.body_part, OLD.laterality,
          OLD.procedure_start_date, OLD.procedure_start_time
        )
    );
END;

CREATE TRIGGER series_removed AFTER DELETE ON instance BEGIN
  DELETE FROM series
  WHERE series.case_number = OLD.case_number AND series.study_uid = OLD.study_uid AND series.series_uid = OLD.series_uid
    AND (
      series.patient, series.patient_name_folded, series.patient_name_words, series.patient_id,
      series.issuer_of_patient_id, series.patient_birth_date, series.patient_sex, series.study_date,
      series.study_time, series.timezone, series.accession_number, series.study_id, series.study_description,
      series.referring_physician, series.institution, series.modality, series.series_date, series.series_time,
      series.series_description, series.series_number, series.body_part, series.laterality,
      series.procedure_start_date, series.procedure_start_time
    ) IS (
      OLD.patient, OLD.patient_name_folded, OLD.patient_name_words, OLD.patient_id, OLD.issuer_of_patient_id,
      OLD.patient_birth_date, OLD.patient_sex, OLD.study_date, OLD.study_time, OLD.timezone, OLD.accession_number,
      OLD.study_id, OLD.study_description, OLD.referring_physician, OLD.institution, OLD.modality, OLD.series_date,
      OLD.series_time, OLD.series_description, OLD.series_number, OLD.body_part, OLD.laterality,
      OLD.procedure_start_date, OLD.procedure_start_time
    )
    AND NOT EXISTS (
      SELECT 1 FROM instance i
      WHERE i.case_number = OLD.case_number AND i.study_uid = OLD.study_uid AND i.series_uid = OLD.series_uid
        AND (
          i.patient, i.patient_name_folded, i.patient_name_words, i.patient_id, i.issuer_of_patient_id,
          i.patient_birth_date, i.patient_sex, i.study_date, i.study_time, i.timezone, i.accession_number, i.study_id,
          i.study_description, i.referring_physician, i.institution, i.modality, i.series_date, i.series_time,
          i.series_description, i.series_number, i.body_part, i.laterality, i.procedure_start_date,
          i.procedure_start_time
        ) IS (
          OLD.patient, OLD.patient_name_folded, OLD.patient_name_words, OLD.patient_id, OLD.issuer_of_patient_id,
          OLD.patient_birth_date, OLD.patient_sex, OLD.study_date, OLD.study_time, OLD.timezone, OLD.accession_number,
          OLD.study_id, OLD.study_description, OLD.referring_physician, OLD.institution, OLD.modality,
          OLD.series_date, OLD.series_time, OLD.series_description, OLD.series_number, OLD.body_part, OLD.laterality,
          OLD.procedure_start_date, OLD.procedure_start_time
        )
    );
END;
