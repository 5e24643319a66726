using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Samples.Imaging;

/// <summary>What every instance of a generated study says alike.</summary>
internal sealed record SampleStudy
{
    public required string Key { get; init; }

    public required SamplePatient Patient { get; init; }

    public required SampleHospital Hospital { get; init; }

    public required DateOnly Date { get; init; }

    public required string Description { get; init; }

    public required string AccessionNumber { get; init; }

    /// <summary>A data set with the patient, study, series and instance in it (PS3.3 §C.7.1 to §C.7.3, §C.12.1).</summary>
    public DicomDataSet Instance(
        SampleRandom random, string sopClass, string modality, int series, int instance, string seriesDescription)
    {
        string date = Date.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        return new DicomDataSet()
            .Add(DicomTags.SpecificCharacterSet, "ISO_IR 192")
            .Add(DicomTags.SOPClassUID, Uid.Parse(sopClass))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse(random.Uid($"{Key}/{series}/{instance}")))
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(random.Uid(Key)))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse(random.Uid($"{Key}/{series}")))
            .Add(DicomTags.StudyDate, date)
            .Add(DicomTags.StudyTime, "101500")
            .Add(DicomTags.SeriesDate, date)
            .Add(DicomTags.SeriesTime, "101700")
            .Add(DicomTags.ContentDate, date)
            .Add(DicomTags.ContentTime, "101800")
            .Add(DicomTags.AccessionNumber, AccessionNumber)
            .Add(DicomTags.Modality, modality)
            .Add(DicomTags.Manufacturer, "RecordHub samples")
            .Add(DicomTags.InstitutionName, Hospital.Name)
            .Add(DicomTags.ReferringPhysicianName, "Exemplar^Doctora")
            .Add(DicomTags.StudyDescription, Description)
            .Add(DicomTags.SeriesDescription, seriesDescription)
            .Add(DicomTags.PatientName, Patient.NameWithCarets)
            .Add(DicomTags.PatientID, Patient.RecordNumbers[Hospital])
            .Add(DicomTags.IssuerOfPatientID, Hospital.Issuer)
            .Add(DicomTags.PatientBirthDate, Patient.BirthDateDigits)
            .Add(DicomTags.PatientSex, Patient.Sex.ToString())
            .Add(DicomTags.StudyID, AccessionNumber)
            .Add(DicomTags.SeriesNumber, series)
            .Add(DicomTags.InstanceNumber, instance);
    }
}
