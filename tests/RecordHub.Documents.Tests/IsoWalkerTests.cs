using System.Text;
using RecordHub.Documents.Archives;

namespace RecordHub.Documents.Tests;

public sealed class IsoWalkerTests
{
    [Test]
    public async Task Files_in_folders_are_handed_out_with_their_path_and_without_version_numbers()
    {
        IsoImage image = new();
        uint b = image.Add("inner"u8.ToArray());
        uint folder = image.Add(IsoImage.Record("B.TXT;1", b, 5));
        uint a = image.Add("outer"u8.ToArray());
        uint root = image.Add([
            .. IsoImage.Record("\0", 99, 2048, folder: true), .. IsoImage.Record("DICOMDIR.;1", a, 5),
            .. IsoImage.Record("FOLDER", folder, 2048, folder: true)]);

        Assert.That(await WalkAsync(image.Bytes(root)), Is.EqualTo(new[] { "DICOMDIR=outer", "FOLDER/B.TXT=inner" }));
    }

    [Test]
    public async Task Joliet_names_are_read_as_they_are()
    {
        IsoImage image = new();
        uint file = image.Add("x"u8.ToArray());
        uint root = image.Add(IsoImage.Record("Befund Größe.txt;1", file, 1, joliet: true));

        Assert.That(await WalkAsync(image.Bytes(root, joliet: true)), Is.EqualTo(new[] { "Befund Größe.txt=x" }));
    }

    [Test]
    public async Task A_file_in_several_parts_is_one_file()
    {
        IsoImage image = new();
        uint first = image.Add("one "u8.ToArray());
        uint second = image.Add("two"u8.ToArray());
        uint root = image.Add([
            .. IsoImage.Record("BIG.DAT;1", first, 4, more: true), .. IsoImage.Record("BIG.DAT;1", second, 3)]);

        Assert.That(await WalkAsync(image.Bytes(root)), Is.EqualTo(new[] { "BIG.DAT=one two" }));
    }

    [Test]
    public async Task A_folder_that_leads_back_is_entered_once()
    {
        IsoImage image = new();
        uint root = image.Add([]);
        uint inner = image.Add(IsoImage.Record("AGAIN", root, 2048, folder: true));
        image.Put(root, IsoImage.Record("INNER", inner, 2048, folder: true));

        Assert.That(
            await WalkAsync(image.Bytes(root)), Is.EqualTo(new[] { "INNER/AGAIN: a folder that leads back to another one" }));
    }

    [Test]
    public async Task What_lies_outside_the_image_or_leads_outside_the_folder_is_refused()
    {
        IsoImage image = new();
        uint file = image.Add("x"u8.ToArray());
        uint root = image.Add([
            .. IsoImage.Record("FAR.TXT;1", 100_000, 10), .. IsoImage.Record("LONG.TXT;1", file, uint.MaxValue),
            .. IsoImage.Record("..\\EVIL.TXT;1", file, 1), .. IsoImage.Record("A/B.TXT;1", file, 1),
            .. IsoImage.Record("GAPS.TXT;1", file, 1, unit: 1), .. IsoImage.Record("DEEP", 5_000_000, 2048, folder: true)]);
        List<string> seen = await WalkAsync(image.Bytes(root));

        Assert.That(seen, Has.Count.EqualTo(6));
        Assert.That(seen, Has.None.Contains("EVIL").And.None.Contains("="));
    }

    [Test]
    public async Task Depth_and_count_are_limits()
    {
        IsoImage image = new();
        uint below = image.Add([]);
        for (int i = 0; i < 40; i++)
        {
            below = image.Add(IsoImage.Record("D", below, 2048, folder: true));
        }

        uint file = image.Add("x"u8.ToArray());
        uint many = image.Add([.. Enumerable.Range(0, 40).SelectMany(i => IsoImage.Record($"F{i}", file, 1))]);

        Assert.That(await WalkAsync(image.Bytes(below)), Has.Exactly(1).Contains("nested deeper"));
        Assert.That(
            await WalkAsync(image.Bytes(many), ArchiveLimits.Default with { MaxEntries = 10 }),
            Has.Exactly(1).Contains("more than 10 entries"));
    }

    [Test]
    public async Task Damaged_images_end_in_refusals_and_in_nothing_else()
    {
        IsoImage image = new();
        uint file = image.Add("content"u8.ToArray());
        uint folder = image.Add(IsoImage.Record("B.TXT;1", file, 7));
        uint root = image.Add([
            .. IsoImage.Record("A.TXT;1", file, 7), .. IsoImage.Record("FOLDER", folder, 2048, folder: true)]);
        byte[] whole = image.Bytes(root);
        Random random = new(1);
        for (int round = 0; round < 2_000; round++)
        {
            byte[] damaged = whole[..random.Next(17 * IsoImage.Sector, whole.Length + 1)];
            for (int i = random.Next(8); i > 0; i--)
            {
                damaged[random.Next(16 * IsoImage.Sector, damaged.Length)] = (byte)random.Next(256);
            }

            await WalkAsync(damaged, ArchiveLimits.Default with { MaxTotalBytes = 1 << 20 });
        }

        Assert.That(IsoWalker.IsImage(whole), Is.True);
        Assert.That(IsoWalker.IsImage(whole.AsSpan(0, 1000)), Is.False);
    }

    private static async Task<List<string>> WalkAsync(byte[] image, ArchiveLimits? limits = null)
    {
        List<string> seen = [];
        await foreach (ArchiveItem item in IsoWalker.WalkAsync(new MemoryStream(image), limits ?? ArchiveLimits.Default))
        {
            try
            {
                seen.Add(item switch
                {
                    ArchiveItem.Member member => $"{member.Path}={await new StreamReader(member.Content, Encoding.UTF8).ReadToEndAsync()}",
                    ArchiveItem.Refused refused => $"{refused.Path}: {refused.Reason}",
                    _ => string.Empty,
                });
            }
            catch (ArchiveLimitException limit)
            {
                seen.Add(limit.Message);
            }
        }

        return seen;
    }
}
