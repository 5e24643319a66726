using System.Buffers;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;
using RecordHub.Dicom.Media;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>Real files, in whole: each is read or refused by the declared exception.</summary>
public class CorpusTests
{
    [Test]
    public async Task Every_file_reads_the_same_from_memory_and_from_a_stream()
    {
        int read = 0;
        foreach (string path in Corpus.DicomFiles())
        {
            byte[] bytes = await File.ReadAllBytesAsync(path);
            try
            {
                string expected = SampleData.Fingerprint(DicomFile.ReadHeader(bytes));
                await using FileStream stream = File.OpenRead(path);
                DicomHeader header = await DicomFile.ReadHeaderAsync(stream, CancellationToken.None);
                Assert.That(SampleData.Fingerprint(header), Is.EqualTo(expected), path);
                read++;
            }
            catch (DicomFormatException)
            {
                // Declared.
            }
        }

        Assert.That(read, Is.GreaterThan(900));
    }

    [Test]
    public void What_is_asked_of_a_reader_is_what_its_header_says()
    {
        int read = 0;
        foreach (string path in Corpus.DicomFiles().Where(path => new FileInfo(path).Length < 2_000_000))
        {
            byte[] bytes = File.ReadAllBytes(path);
            using DicomHeaderReader reader = new();
            try
            {
                reader.Write(bytes);
                reader.End();
                byte[] instance = reader.FindValue(DicomTags.SOPInstanceUID).ToArray();
                byte[] rows = reader.FindValue(DicomTags.Rows).ToArray();
                long? truncatedAt = reader.TruncatedAt;
                long? offset = reader.DataSetOffset;
                TransferSyntax? syntax = reader.TransferSyntax;

                // Ending it twice changes nothing, and what is asked leaves the header to be built.
                reader.End();
                DicomHeader header = reader.Complete();
                Assert.That(instance, Is.EqualTo(header.DataSet.GetBytes(DicomTags.SOPInstanceUID).ToArray()), path);
                Assert.That(rows, Is.EqualTo(header.DataSet.GetBytes(DicomTags.Rows).ToArray()), path);
                Assert.That(truncatedAt, Is.EqualTo(header.TruncatedAt), path);
                Assert.That(offset, Is.EqualTo(header.DataSetOffset), path);
                Assert.That(syntax ?? header.TransferSyntax, Is.EqualTo(header.TransferSyntax), path);
                read++;
            }
            catch (DicomFormatException)
            {
                // Declared; what was collected until then goes back to the pool with the reader.
            }
        }

        Assert.That(read, Is.GreaterThan(800));
    }

    [Test]
    public void Every_whole_file_is_written_as_it_was_understood()
    {
        foreach (string path in Corpus.DicomFiles().Where(path => new FileInfo(path).Length < 2_000_000))
        {
            try
            {
                RoundTrip(path);
            }
            catch (DicomFormatException)
            {
                // Declared.
            }
        }
    }

    [Test]
    public void A_directory_names_its_files()
    {
        int directories = 0;
        foreach (string path in Corpus.DicomFiles().Where(path => Path.GetFileName(path) == "DICOMDIR"))
        {
            DicomHeader header = DicomFile.ReadHeader(File.ReadAllBytes(path));
            Assert.That(DicomDirectory.IsDirectory(header), Is.True, path);
            Assert.That(DicomDirectory.References(header.DataSet), Is.Not.Empty, path);
            directories++;
        }

        Assert.That(directories, Is.Positive);
    }

    private static void RoundTrip(string path)
    {
        DicomHeader header = DicomFile.ReadHeader(File.ReadAllBytes(path), options: DicomReadOptions.WholeFile);
        if (header.DataSet.Any(element => !element.IsLoaded))
        {
            return;
        }

        byte[] first = Bytes(header);
        DicomHeader again = DicomFile.ReadHeader(first, header.TransferSyntax, DicomReadOptions.WholeFile);
        if (header.Warnings.All(warning => warning.Tolerance != ReadTolerance.OddLength))
        {
            byte[] json = DicomJsonWriter.ToUtf8Bytes(again.DataSet);
            Assert.That(json, Is.EqualTo(DicomJsonWriter.ToUtf8Bytes(header.DataSet)), path);
        }

        Assert.That(Bytes(again), Is.EqualTo(first), path);
    }

    private static byte[] Bytes(DicomHeader header)
    {
        ArrayBufferWriter<byte> bytes = new();
        DicomFileWriter.WriteDataSet(bytes, header.DataSet, header.TransferSyntax);
        return bytes.WrittenSpan.ToArray();
    }
}
