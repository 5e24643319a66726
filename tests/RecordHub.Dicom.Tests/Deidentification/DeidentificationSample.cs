using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Tests.Deidentification;

/// <summary>An instance of a patient who does not exist, with something for every option.</summary>
internal static class DeidentificationSample
{
    public static DicomDataSet Image() => new DicomDataSet()
        .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
        .Add(DicomTags.SOPInstanceUID, Uid.Parse("1.2.3.4"))
        .Add(DicomTags.StudyInstanceUID, Uid.Parse("1.2.3.1"))
        .Add(DicomTags.SeriesInstanceUID, Uid.Parse("1.2.3.2"))
        .Add(DicomTags.Modality, "CT")
        .Add(DicomTags.StudyDate, "20240228")
        .Add(DicomTags.StudyTime, "101112")
        .Add(DicomTags.ContentDate, "20240301")
        .Add(DicomTags.StationName, "CT-ROOM-1")
        .Add(DicomTags.InstitutionName, "Musterklinik")
        .Add(DicomTags.SeriesDescription, "CT Abdomen axial 5mm for Musterfrau, Dr. Beispiel 28.02.2024 A1234567")
        .Add(DicomTags.PatientName, "Musterfrau^Erika")
        .Add(DicomTags.PatientID, "A1234567")
        .Add(DicomTags.PatientBirthDate, "19610203")
        .Add(DicomTags.PatientAge, "063Y")
        .Add(DicomTags.OtherPatientIDsSequence, new DicomDataSet().Add(DicomTags.PatientID, "B7654321"))
        .AddText(new DicomTag(0x0019, 0x0010), DicomVr.LO, "GEMS_ACQU_01")
        .AddText(new DicomTag(0x0019, 0x1023), DicomVr.DS, "4.5")
        .AddText(new DicomTag(0x0019, 0x10AA), DicomVr.LO, "Musterfrau")
        .AddText(new DicomTag(0x0029, 0x0010), DicomVr.LO, "MAKER")
        .AddText(new DicomTag(0x0029, 0x1001), DicomVr.LO, "Musterfrau");
}
