using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Media;

/// <summary>
/// Collects instances of a file-set and writes its DICOMDIR (PS3.3 Annex F, PS3.10 §8; STD-GEN-CD of PS3.11). The same
/// instances in the same order give the same bytes.
/// </summary>
public sealed class DicomDirectoryWriter
{
    // Offsets stand at fixed places of a record, because its first three elements have fixed lengths.
    private const int NextOffset = 8;
    private const int LowerOffset = 30;
    private const int ItemHeader = 8;

    private static readonly Uid s_sopClass = Uid.Parse("1.2.840.10008.1.3.10");
    private readonly DirectoryRecord _root = new(string.Empty, new DicomDataSet());
    private readonly Dictionary<string, DirectoryRecord> _patients = [];
    private readonly Dictionary<string, DirectoryRecord> _studies = [];
    private readonly Dictionary<(string Study, string Series), DirectoryRecord> _series = [];
    private readonly IncrementalHash _identity = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Records that refer to a file.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an instance; false for one that has no place in a directory, such as one without identifiers.</summary>
    /// <param name="fileId">Up to eight components of up to eight characters (PS3.10 §8.2).</param>
    /// <param name="instance">Its header.</param>
    /// <param name="syntax">Its transfer syntax.</param>
    public bool Add(IReadOnlyList<string> fileId, DicomDataSet instance, Uid syntax)
    {
        ArgumentNullException.ThrowIfNull(fileId);
        ArgumentNullException.ThrowIfNull(instance);
        Uid sopClass = instance.GetUid(DicomTags.SOPClassUID);
        Uid sopInstance = instance.GetUid(DicomTags.SOPInstanceUID);
        string type = DirectoryRecordType.Of(
            sopClass, instance.Contains(DicomTags.Rows) || instance.Contains(DicomTags.PixelData));
        bool ofNobody = DirectoryRecordType.IsOfNobody(type);
        if (sopClass.IsNone || sopInstance.IsNone || type.Length == 0
            || (!ofNobody && (instance.GetUid(DicomTags.StudyInstanceUID).IsNone
                || instance.GetUid(DicomTags.SeriesInstanceUID).IsNone)))
        {
            return false;
        }

        DirectoryRecord parent = ofNobody ? _root : SeriesOf(instance);
        DirectoryRecord record = new(
            type, DirectoryKeys.Instance(instance, type, Number(parent.Lower.Count + 1)));
        record.Keys
            .Add(DicomTags.ReferencedFileID, [.. fileId])
            .Add(DicomTags.ReferencedSOPClassUIDInFile, sopClass)
            .Add(DicomTags.ReferencedSOPInstanceUIDInFile, sopInstance)
            .Add(DicomTags.ReferencedTransferSyntaxUIDInFile, syntax);
        parent.Lower.Add(record);
        _identity.AppendData(System.Text.Encoding.ASCII.GetBytes($"{string.Join('/', fileId)}\n{sopInstance}\n"));
        Count++;
        return true;
    }

    /// <summary>The file; the writer takes no more after it.</summary>
    /// <param name="fileSetId">Up to sixteen characters that name the file-set.</param>
    public byte[] ToBytes(string fileSetId)
    {
        DicomDataSet head = new DicomDataSet()
            .Add(DicomTags.FileSetID, fileSetId)
            .Add(DicomTags.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity, DicomVr.UL, new byte[4])
            .Add(DicomTags.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity, DicomVr.UL, new byte[4])
            .Add(DicomTags.FileSetConsistencyFlag, 0);
        ArrayBufferWriter<byte> output = new(4096);
        FileMetaWriter.Write(output, s_sopClass, NewUid(), TransferSyntax.ExplicitLittleEndian.Uid);
        List<DirectoryRecord> records = [];
        Encode(_root, records);
        uint start = (uint)output.WrittenCount + HeadLength(head) + 12;
        uint at = start;
        foreach (DirectoryRecord record in records)
        {
            record.Offset = at;
            at = checked(at + ItemHeader + (uint)record.Encoded.Length);
        }

        head.Add(DicomTags.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity, DicomVr.UL,
            Bytes(_root.Lower.Count == 0 ? 0 : _root.Lower[0].Offset));
        head.Add(DicomTags.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity, DicomVr.UL,
            Bytes(_root.Lower.Count == 0 ? 0 : _root.Lower[^1].Offset));
        Link(_root);
        DicomFileWriter.WriteDataSet(output, head, TransferSyntax.ExplicitLittleEndian);
        ElementWriter writer = new(output, isExplicit: true, isBigEndian: false);
        writer.Header(DicomTags.DirectoryRecordSequence, DicomVr.SQ, at - start);
        foreach (DirectoryRecord record in records)
        {
            writer.Marker(DicomTags.Item, (uint)record.Encoded.Length);
            output.Write(record.Encoded);
        }

        return output.WrittenSpan.ToArray();
    }

    private DirectoryRecord SeriesOf(DicomDataSet instance)
    {
        string study = instance.GetString(DicomTags.StudyInstanceUID) ?? string.Empty;
        string series = instance.GetString(DicomTags.SeriesInstanceUID) ?? string.Empty;
        if (!_series.TryGetValue((study, series), out DirectoryRecord? record))
        {
            DirectoryRecord above = StudyOf(instance, study);
            record = new DirectoryRecord("SERIES", DirectoryKeys.Series(instance, Number(above.Lower.Count + 1)));
            above.Lower.Add(record);
            _series.Add((study, series), record);
        }

        return record;
    }

    private DirectoryRecord StudyOf(DicomDataSet instance, string study)
    {
        if (!_studies.TryGetValue(study, out DirectoryRecord? record))
        {
            DirectoryRecord above = PatientOf(instance);
            record = new DirectoryRecord("STUDY", DirectoryKeys.Study(instance, Number(above.Lower.Count + 1)));
            above.Lower.Add(record);
            _studies.Add(study, record);
        }

        return record;
    }

    private DirectoryRecord PatientOf(DicomDataSet instance)
    {
        string id = instance.GetString(DicomTags.PatientID) ?? string.Empty;
        string key = id.Length > 0
            ? $"{instance.GetString(DicomTags.IssuerOfPatientID)}\n{id}"
            : $"\n\n{instance.GetString(DicomTags.PatientName)}\n{instance.GetString(DicomTags.PatientBirthDate)}";
        if (!_patients.TryGetValue(key, out DirectoryRecord? record))
        {
            record = new DirectoryRecord(
                "PATIENT", DirectoryKeys.Patient(instance, "UNKNOWN" + Number(_patients.Count + 1)));
            _root.Lower.Add(record);
            _patients.Add(key, record);
        }

        return record;
    }

    // Depth is four at most: patient, study, series, instance.
    private static void Encode(DirectoryRecord parent, List<DirectoryRecord> records)
    {
        foreach (DirectoryRecord record in parent.Lower)
        {
            record.Keys
                .Add(DicomTags.OffsetOfTheNextDirectoryRecord, DicomVr.UL, new byte[4])
                .Add(DicomTags.RecordInUseFlag, 0xFFFF)
                .Add(DicomTags.OffsetOfReferencedLowerLevelDirectoryEntity, DicomVr.UL, new byte[4])
                .Add(DicomTags.DirectoryRecordType, record.Type);
            ArrayBufferWriter<byte> encoded = new(512);
            DicomFileWriter.WriteDataSet(encoded, record.Keys, TransferSyntax.ExplicitLittleEndian);
            record.Encoded = encoded.WrittenSpan.ToArray();
            records.Add(record);
            Encode(record, records);
        }
    }

    private static void Link(DirectoryRecord parent)
    {
        for (int i = 0; i < parent.Lower.Count; i++)
        {
            DirectoryRecord record = parent.Lower[i];
            Span<byte> encoded = record.Encoded;
            if (i + 1 < parent.Lower.Count)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(encoded[NextOffset..], parent.Lower[i + 1].Offset);
            }

            if (record.Lower.Count > 0)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(encoded[LowerOffset..], record.Lower[0].Offset);
            }

            Link(record);
        }
    }

    private static uint HeadLength(DicomDataSet head)
    {
        ArrayBufferWriter<byte> measured = new(256);
        DicomFileWriter.WriteDataSet(measured, head, TransferSyntax.ExplicitLittleEndian);
        return (uint)measured.WrittenCount;
    }

    private Uid NewUid()
    {
        UInt128 number = BinaryPrimitives.ReadUInt128BigEndian(_identity.GetHashAndReset());
        return Uid.Parse("2.25." + number.ToString(CultureInfo.InvariantCulture));
    }

    private static byte[] Bytes(uint value) => BitConverter.GetBytes(value);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
