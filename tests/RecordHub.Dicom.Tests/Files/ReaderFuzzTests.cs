using System.Globalization;
using NUnit.Framework;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>
/// Damaged input: a header, or the declared exception. <c>RECORDHUB_FUZZ_MUTATIONS</c> makes the run longer,
/// <c>RECORDHUB_FUZZ_SEED</c> another one.
/// </summary>
public class ReaderFuzzTests
{
    private static int Mutations => Setting("RECORDHUB_FUZZ_MUTATIONS", 20_000);

    private static int Seed => Setting("RECORDHUB_FUZZ_SEED", 20_240_517);

    [Test]
    public void Nothing_but_the_declared_exception_comes_out_of_damaged_files()
    {
        byte[][] files =
        [
            .. SampleData.Native.Select(syntax => DicomFileWriter.ToBytes(SampleData.Image(), syntax)),
            SampleData.EncapsulatedFile(),
        ];
        Run(files, Mutations);
    }

    [Test]
    public void Nothing_but_the_declared_exception_comes_out_of_damaged_real_files()
    {
        byte[][] files = [.. Corpus.DicomFiles().Select(File.ReadAllBytes).Where(file => file.Length < 16_384)];
        Run(files, Mutations / 4);
    }

    [Test]
    public void Nothing_but_the_declared_exception_comes_out_of_random_bytes()
    {
        Random random = new(Seed);
        for (int i = 0; i < Mutations / 4; i++)
        {
            byte[] input = new byte[random.Next(400)];
            random.NextBytes(input);
            if (i % 2 == 0 && input.Length > 140)
            {
                Raw.Text("DICM").CopyTo(input, 128);
                input[132] = 2;
                input[133] = 0;
            }

            Read(input, random);
        }
    }

    private static void Run(byte[][] files, int mutations)
    {
        Random random = new(Seed);
        for (int i = 0; i < mutations; i++)
        {
            byte[] input = [.. files[random.Next(files.Length)]];
            for (int n = random.Next(1, 6); n > 0; n--)
            {
                int at = random.Next(input.Length);
                switch (random.Next(5))
                {
                    case 0: input[at] = (byte)random.Next(256); break;
                    case 1: input[at] ^= (byte)(1 << random.Next(8)); break;
                    case 2: input[at] = 0xFF; break;
                    case 3: input.AsSpan(at, Math.Min(4, input.Length - at)).Fill((byte)(random.Next(2) * 255)); break;
                    default: input = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + random.Next(8)))]; break;
                }

                if (input.Length == 0)
                {
                    break;
                }
            }

            Read(input, random);
        }
    }

    private static void Read(byte[] input, Random random)
    {
        string? whole = null;
        string? pieces = null;
        try
        {
            whole = SampleData.Fingerprint(DicomFile.ReadHeader(input));
        }
        catch (DicomFormatException)
        {
            // Declared.
        }

        try
        {
            pieces = SampleData.Fingerprint(SampleData.Push(input, random.Next(1, 50)));
        }
        catch (DicomFormatException)
        {
            // Declared.
        }

        // How much of a damaged deflate stream comes out depends on the pieces in which it went in.
        if (whole?.Contains("DamagedDeflate", StringComparison.Ordinal) != true)
        {
            Assert.That(pieces, Is.EqualTo(whole));
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : otherwise;
}
