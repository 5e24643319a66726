using System.Buffers;
using System.Globalization;
using System.Text;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Benchmarks.Load;

/// <summary>
/// A CT image of about a given length, of a patient who does not exist, as the bytes of its data set. Each instance is the
/// template with other digits in its UIDs, so that making one costs next to nothing.
/// </summary>
internal sealed class InstanceTemplate
{
    private const string StudyRoot = "2.25.710";
    private const int Digits = 12;

    public static readonly Uid SopClass = Uid.Parse("1.2.840.10008.5.1.4.1.1.2");

    private readonly byte[] _bytes;
    private readonly int[] _study;
    private readonly int _instance;
    private readonly int _salt;

    /// <param name="length">Bytes of the file, roughly.</param>
    /// <param name="patientId">Whose image it is.</param>
    public InstanceTemplate(int length, string patientId)
    {
        string study = StudyRoot + new string('0', Digits) + "1";
        DicomDataSet header = Header(study, patientId);
        byte[] pixels = new byte[Math.Max(64, (length - Write(header).Length - 512) & ~1)];
        new Random(7).NextBytes(pixels);
        _bytes = Write(header.Add(DicomTags.PixelData, DicomVr.OW, pixels));
        _salt = _bytes.Length - 16;
        _study = PlacesOf(StudyRoot);
        _instance = PlacesOf(study + ".1.").Single();
    }

    /// <summary>Bytes of a data set.</summary>
    public int Length => _bytes.Length;

    /// <summary>The SOP Instance UID of an instance.</summary>
    public static string InstanceUid(long study, long number) => string.Create(
        CultureInfo.InvariantCulture, $"{StudyRoot}{study:D12}1.1.{number:D12}");

    /// <summary>Writes the template into <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target) => _bytes.CopyTo(target);

    /// <summary>Makes a copy of the template another instance.</summary>
    public void Number(Span<byte> target, long study, long number)
    {
        foreach (int place in _study)
        {
            Put(target[place..], study);
        }

        Put(target[_instance..], number);
        BitConverter.TryWriteBytes(target[_salt..], (study * 1_000_003) + number);
    }

    /// <summary>The same instance as a file (PS3.10).</summary>
    public byte[] File(long study, long number)
    {
        ArrayBufferWriter<byte> output = new(_bytes.Length + 512);
        FileMetaWriter.Write(output, SopClass, Uid.Parse(InstanceUid(study, number)), TransferSyntax.ExplicitLittleEndian.Uid);
        Span<byte> dataSet = output.GetSpan(_bytes.Length);
        CopyTo(dataSet);
        Number(dataSet, study, number);
        output.Advance(_bytes.Length);
        return output.WrittenSpan.ToArray();
    }

    private static void Put(Span<byte> target, long number)
    {
        for (int i = Digits - 1; i >= 0; i--, number /= 10)
        {
            target[i] = (byte)('0' + (number % 10));
        }
    }

    // Behind each occurrence in the header.
    private int[] PlacesOf(string text)
    {
        byte[] sought = Encoding.ASCII.GetBytes(text);
        List<int> places = [];
        for (int from = 0; _bytes.AsSpan(from, Math.Min(4096, _bytes.Length - from)).IndexOf(sought) is >= 0 and int at;)
        {
            places.Add(from + at + sought.Length);
            from += at + sought.Length;
        }

        return [.. places];
    }

    private static byte[] Write(DicomDataSet dataSet)
    {
        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, dataSet, TransferSyntax.ExplicitLittleEndian);
        return output.WrittenSpan.ToArray();
    }

    private static DicomDataSet Header(string study, string patientId) => new DicomDataSet()
        .Add(DicomTags.SpecificCharacterSet, "ISO_IR 100")
        .Add(DicomTags.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
        .Add(DicomTags.SOPClassUID, SopClass)
        .Add(DicomTags.SOPInstanceUID, Uid.Parse($"{study}.1.{new string('0', Digits)}"))
        .Add(DicomTags.StudyDate, "20260102").Add(DicomTags.SeriesDate, "20260102").Add(DicomTags.AcquisitionDate, "20260102")
        .Add(DicomTags.StudyTime, "101500").Add(DicomTags.SeriesTime, "101600").Add(DicomTags.AcquisitionTime, "101700")
        .Add(DicomTags.AccessionNumber, "A1").Add(DicomTags.Modality, "CT").Add(DicomTags.Manufacturer, "Benchmark")
        .Add(DicomTags.InstitutionName, "North").Add(DicomTags.ReferringPhysicianName, "Nobody^Really")
        .Add(DicomTags.StudyDescription, "Chest").Add(DicomTags.SeriesDescription, "Axial 1.0")
        .Add(DicomTags.PatientName, "Muster^Erika").Add(DicomTags.PatientID, patientId)
        .Add(DicomTags.IssuerOfPatientID, "urn:north").Add(DicomTags.PatientBirthDate, "19640812").Add(DicomTags.PatientSex, "F")
        .Add(DicomTags.BodyPartExamined, "CHEST").Add(DicomTags.SliceThickness, "1.0").Add(DicomTags.KVP, "120")
        .Add(DicomTags.PatientPosition, "HFS")
        .Add(DicomTags.StudyInstanceUID, Uid.Parse(study)).Add(DicomTags.SeriesInstanceUID, Uid.Parse(study + ".1"))
        .Add(DicomTags.StudyID, "1").Add(DicomTags.SeriesNumber, "1").Add(DicomTags.InstanceNumber, "1")
        .Add(DicomTags.ImagePositionPatient, "-125.0", "-125.0", "-400.5")
        .Add(DicomTags.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
        .Add(DicomTags.FrameOfReferenceUID, Uid.Parse("2.25.711")).Add(DicomTags.SliceLocation, "-400.5")
        .Add(DicomTags.SamplesPerPixel, 1).Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
        .Add(DicomTags.Rows, 512).Add(DicomTags.Columns, 512).Add(DicomTags.PixelSpacing, "0.488", "0.488")
        .Add(DicomTags.BitsAllocated, 16).Add(DicomTags.BitsStored, 12).Add(DicomTags.HighBit, 11)
        .Add(DicomTags.PixelRepresentation, 0).Add(DicomTags.WindowCenter, "40").Add(DicomTags.WindowWidth, "400")
        .Add(DicomTags.RescaleIntercept, "-1024").Add(DicomTags.RescaleSlope, "1");
}
