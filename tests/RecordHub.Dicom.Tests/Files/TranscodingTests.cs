using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>From one encoding to another and back: the same elements, with the same values, on the same levels.</summary>
public class TranscodingTests
{
    private static readonly DicomTag[] s_pixels = [DicomTags.PixelData, DicomTags.FloatPixelData, DicomTags.DoubleFloatPixelData];

    [Test]
    public void Every_real_file_has_the_same_elements_in_every_encoding()
    {
        int same = 0;
        foreach (string path in Corpus.DicomFiles())
        {
            if (Read(path) is { } dataSet)
            {
                string expected = Elements(dataSet);
                foreach (TransferSyntax syntax in SampleData.Native)
                {
                    byte[] bytes = Written(dataSet, syntax);
                    DicomDataSet again = DicomFile.ReadHeader(bytes, syntax, DicomReadOptions.WholeFile).DataSet;
                    Assert.That(Elements(again), Is.EqualTo(expected), $"{path} in {syntax}");
                    Assert.That(Written(again, syntax).AsSpan().SequenceEqual(bytes), Is.True, $"{path} again in {syntax}");
                }

                same++;
            }
        }

        Assert.That(same, Is.GreaterThan(900));
    }

    private static DicomDataSet? Read(string path)
    {
        try
        {
            DicomDataSet dataSet = DicomFile.ReadHeader(File.ReadAllBytes(path), options: DicomReadOptions.WholeFile).DataSet;
            foreach (DicomTag pixels in s_pixels)
            {
                dataSet.Remove(pixels);
            }

            return dataSet.All(element => element.IsLoaded) ? dataSet : null;
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    // Implicit encodings do not carry a private element's representation, so it is left out; an odd value gets its padding.
    private static string Elements(DicomDataSet dataSet)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int count = Add(hash, dataSet);
        return string.Create(CultureInfo.InvariantCulture, $"{count} elements, {Convert.ToHexString(hash.GetHashAndReset())}");
    }

    private static int Add(IncrementalHash hash, DicomDataSet dataSet)
    {
        int count = 0;
        foreach (DicomElement element in dataSet)
        {
            if (element.Tag.Group is 0 or 2)
            {
                continue;
            }

            count++;
            hash.AppendData(BitConverter.GetBytes(element.Tag.Value));
            hash.AppendData(element.Value.Span);
            if (element.Value.Length % 2 != 0)
            {
                hash.AppendData([element.Vr.IsText() && element.Vr != DicomVr.UI ? (byte)' ' : (byte)0]);
            }

            foreach (DicomDataSet item in element.Items)
            {
                hash.AppendData([1]);
                count += Add(hash, item);
                hash.AppendData([2]);
            }
        }

        return count;
    }

    private static byte[] Written(DicomDataSet dataSet, TransferSyntax syntax)
    {
        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, dataSet, syntax);
        return output.WrittenSpan.ToArray();
    }
}
