using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Clean Pixel Data on real files, as DCMTK shows and dicom3tools judges them before and after.</summary>
[CancelAfter(300_000)]
public sealed class PixelCleaningTests
{
    // Even edges: neighbours that share chrominance are blanked together.
    private static readonly (int X, int Y, int Width, int Height) s_region = (4, 3, 18, 11);

    private static readonly (string File, int Frame)[] s_files =
    [
        ("cornerstoneWADOImageLoader/US-YBR_FULL_422-EVRLE.dcm", 1), ("pydicom/test_files/ExplVR_BigEnd.dcm", 1),
        ("pydicom/test_files/examples_palette.dcm", 1), ("pydicom/test_files/examples_rgb_color.dcm", 1),
        ("cornerstoneWADOImageLoader/no-pixel-spacing.dcm", 1), ("pydicom/test_files/SC_rgb_rle_2frame.dcm", 2),
        ("pydicom/test_files/SC_rgb_rle_16bit.dcm", 1), ("pydicom/test_files/SC_rgb_rle_32bit_2frame.dcm", 2),
        ("pydicom/test_files/MR_small_RLE.dcm", 1), ("fo-dicom/D_CLUNIE_CT1_RLE_FRAGS.dcm", 1),
        ("pydicom/test_files/SC_ybr_full_422_uncompressed.dcm", 1),
        ("dicomParser/encapsulated/multi-frame/CT0012.not_fragmented_bot_rle.dcm", 2),
    ];

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("cleaned-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Dcm2pnm_sees_one_colour_inside_and_the_same_picture_outside(CancellationToken token)
    {
        string region = string.Create(
            CultureInfo.InvariantCulture, $"{s_region.X},{s_region.Y},{s_region.Width},{s_region.Height}");
        JsonElement[] lines = await CleanAsync(region, token);
        for (int i = 0; i < s_files.Length; i++)
        {
            (string name, int frame) = s_files[i];
            string cleaned = Cleaned(lines[i]);
            PortableImage before = await ShowAsync(Original(name), frame, token);
            PortableImage after = await ShowAsync(cleaned, frame, token);
            (_, string dump) = await Peer.RunAsync("dcmdump", token, "+P", "0028,0301", "+P", "0012,0064", "+P", "0008,0100", cleaned);

            Assert.That(Differing(before, after), Is.Zero, name);
            Assert.That(dump, Does.Contain("[NO]").And.Contain("[113101]"), name);
            Assert.That(
                (await Dciodvfy.ErrorsAsync(cleaned, token)).Except(await Dciodvfy.ErrorsAsync(Original(name), token)), Is.Empty, name);
        }
    }

    [Test]
    public async Task Outside_of_the_regions_that_an_ultrasound_image_declares_nothing_is_left(CancellationToken token)
    {
        JsonElement line = (await CleanAsync("outside-regions", token))[0];
        PortableImage before = await ShowAsync(Original(s_files[0].File), 1, token);
        PortableImage after = await ShowAsync(Cleaned(line), 1, token);
        (_, string dump) = await Peer.RunAsync(
            "dcmdump", token, "+P", "0018,6018", "+P", "0018,601a", "+P", "0018,601c", "+P", "0018,601e", Original(s_files[0].File));
        int[] edges = [.. dump.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => int.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture))];
        int wrong = 0;
        for (int y = 0; y < after.Height; y++)
        {
            for (int x = 0; x < after.Width; x++)
            {
                bool inside = x >= edges[0] && y >= edges[1] && x <= edges[2] && y <= edges[3];
                wrong += inside ? (after[x, y].SequenceEqual(before[x, y]) ? 0 : 1) : (after[x, y].ContainsAnyExcept((byte)0) ? 1 : 0);
            }
        }

        Assert.That(edges, Has.Length.EqualTo(4));
        Assert.That(wrong, Is.Zero);
        Assert.That(line.GetProperty("counts").GetProperty("pixelsBlanked").GetInt64(), Is.GreaterThan(100_000));
    }

    // Whatever is not of one colour inside or not as before outside.
    private static int Differing(PortableImage before, PortableImage after)
    {
        int wrong = before.Samples.Length == after.Samples.Length ? 0 : 1;
        for (int y = 0; y < after.Height; y++)
        {
            for (int x = 0; x < after.Width; x++)
            {
                bool inside = x >= s_region.X && x < s_region.X + s_region.Width && y >= s_region.Y && y < s_region.Y + s_region.Height;
                ReadOnlySpan<byte> expected = inside ? after[s_region.X, s_region.Y] : before[x, y];
                wrong += after[x, y].SequenceEqual(expected) ? 0 : 1;
            }
        }

        return wrong;
    }

    private async Task<JsonElement[]> CleanAsync(string blank, CancellationToken token)
    {
        (_, string output, string error) = await RecordHubProcess.CommandAsync(
            token,
            [
                "dicom", "deidentify", .. s_files.Select(file => Original(file.File)), "--out", Path.Combine(_folder, "clean"), "--json",
                "--option", "clean-pixel-data", "--blank", blank, "--allow-burned-in",
            ]);
        JsonElement[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.That(lines, Has.Length.EqualTo(s_files.Length + 1), error);
        return lines;
    }

    // A fixed window: a viewer's own would follow the pixels.
    private async Task<PortableImage> ShowAsync(string path, int frame, CancellationToken token)
    {
        string target = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        (int unpacked, _) = await Peer.RunAsync("dcmdrle", token, path, target + ".dcm");
        string shown = unpacked == 0 ? target + ".dcm" : path;
        (int exit, string output) = await Peer.RunAsync(
            "dcm2pnm", token, "--set-window", "500", "1000", "--frame", frame.ToString(CultureInfo.InvariantCulture), shown, target + ".pnm");
        Assert.That(exit, Is.Zero, output);
        return PortableImage.Read(target + ".pnm");
    }

    private string Cleaned(JsonElement line) => Path.Combine(_folder, "clean", line.GetProperty("file").GetString()!);

    private static string Original(string name) => Path.Combine(SharedFiles.Folder("dicom"), name);
}
