using System.Buffers;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>What is written before a data set of the network (PS3.10 §7.1), read by our own reader.</summary>
public class FileMetaWriterTests
{
    private static readonly string s_longest = "1." + string.Concat(Enumerable.Repeat("23", 31));

    [Test]
    public void It_is_as_long_as_it_says_and_reads_as_it_was_written(
        [Values("1.2", "1.2.3", "")] string sopClass, [Values("1.22", "1.222")] string instance,
        [Values(null, "", "NORTH", "NORTH1", "SEVENTEEN_LETTERS")] string? sender)
    {
        Uid syntax = TransferSyntax.ExplicitLittleEndian.Uid;
        _ = Uid.TryParse(sopClass, out Uid classUid);
        ArrayBufferWriter<byte> output = new();
        FileMetaWriter.Write(output, classUid, Uid.Parse(instance), syntax, sender);
        int meta = output.WrittenCount;
        DicomFileWriter.WriteDataSet(
            output, new DicomDataSet().Add(DicomTags.SOPClassUID, Uid.Parse("1.2")), TransferSyntax.ExplicitLittleEndian);

        Assert.That(meta, Is.EqualTo(FileMetaWriter.LengthOf(classUid, Uid.Parse(instance), syntax, sender)));
        DicomHeader header = DicomFile.ReadHeader(output.WrittenMemory);
        Assert.That(header.DataSetOffset, Is.EqualTo(meta));
        Assert.That(header.Warnings, Is.Empty);
        DicomDataSet read = header.FileMeta!;
        Assert.That(read.GetInt32(DicomTags.FileMetaInformationGroupLength), Is.EqualTo(meta - 144));
        Assert.That(read.GetBytes(DicomTags.FileMetaInformationVersion).ToArray(), Is.EqualTo(new byte[] { 0, 1 }));
        Assert.That(read.GetUid(DicomTags.MediaStorageSOPClassUID), Is.EqualTo(classUid));
        Assert.That(read.GetUid(DicomTags.MediaStorageSOPInstanceUID).ToString(), Is.EqualTo(instance));
        Assert.That(read.GetUid(DicomTags.TransferSyntaxUID), Is.EqualTo(syntax));
        Assert.That(
            read.GetString(DicomTags.SourceApplicationEntityTitle)?.TrimEnd(),
            Is.EqualTo(sender is { Length: > 0 and <= 16 } ? sender : null));
    }

    [Test]
    public void The_longest_UIDs_fit()
    {
        Uid longest = Uid.Parse(s_longest);
        byte[] meta = new byte[FileMetaWriter.LengthOf(longest, longest, longest)];
        FileMetaWriter.Write(meta, longest, longest, longest);

        Assert.That(s_longest, Has.Length.EqualTo(64));
        Assert.That(meta, Has.Length.LessThan(512));
    }
}
