using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using RecordHub.Documents.Archives;

namespace RecordHub.Documents.Tests;

public sealed class TarWalkerTests
{
    [TestCase(TarEntryFormat.V7)]
    [TestCase(TarEntryFormat.Ustar)]
    [TestCase(TarEntryFormat.Pax)]
    [TestCase(TarEntryFormat.Gnu)]
    public async Task Members_of_every_format_are_handed_out_packed_or_not(TarEntryFormat format)
    {
        byte[] tar = Tar(format, ("folder/a.txt", "outer"u8.ToArray()), ("b.txt", []), ("c.txt", "last"u8.ToArray()));

        string[] expected = ["folder/a.txt=outer", "b.txt=", "c.txt=last"];
        Assert.That(await Walk(tar), Is.EqualTo(expected));
        Assert.That(await Walk(Gzip(tar)), Is.EqualTo(expected));
    }

    [TestCase(TarEntryFormat.Pax)]
    [TestCase(TarEntryFormat.Gnu)]
    public async Task A_name_longer_than_its_field_is_whole(TarEntryFormat format)
    {
        string name = $"{new string('d', 120)}/{new string('ü', 130)}.txt";

        Assert.That(await Walk(Tar(format, (name, [65]), ("b", [66]))), Is.EqualTo(new[] { name + "=A", "b=B" }));
    }

    [Test]
    public async Task Archives_inside_are_opened_and_a_gzip_file_that_is_no_tar_is_its_one_file()
    {
        byte[] inner = Gzip(Tar(TarEntryFormat.Ustar, ("b.txt", "inner"u8.ToArray())));
        byte[] tar = Tar(
            TarEntryFormat.Ustar, ("x.tar.gz", inner), ("y.zip", Samples.Zip(("c.txt", "zipped"u8.ToArray()))), ("z.txt.gz", Gzip("one"u8.ToArray())));

        Assert.That(await Walk(tar), Is.EqualTo(new[] { "x.tar.gz!/b.txt=inner", "y.zip!/c.txt=zipped", "z.txt.gz!/z.txt=one" }));
        Assert.That(await Walk(Gzip("letter"u8.ToArray()), name: "/in/letter.txt.gz"), Is.EqualTo(new[] { "letter.txt=letter" }));
    }

    // RFC 1952 §2.2: bgzip writes a member for every 64 KB and an empty one at the end; others join files.
    [Test]
    public async Task Members_of_a_gzip_file_are_one_after_the_other()
    {
        byte[] random = RandomNumberGenerator.GetBytes(200_000);
        byte[] tar = Tar(TarEntryFormat.Ustar, ("a.bin", random), ("b.txt", "last"u8.ToArray()));
        byte[] members = [.. tar.Chunk(65_280).SelectMany(Gzip), .. Gzip([])];

        List<string> seen = await Walk(members);

        Assert.That(seen, Is.EqualTo(await Walk(tar)));
        Assert.That(await Walk([.. Gzip("one "u8.ToArray()), .. Gzip("two"u8.ToArray())], name: "x.txt.gz"), Is.EqualTo(new[] { "x.txt=one two" }));
    }

    [Test]
    public async Task A_gzip_file_of_several_members_that_breaks_off_or_goes_on_with_something_else_is_not_whole()
    {
        byte[] first = Gzip("a letter, which is whole"u8.ToArray());
        byte[] whole = [.. first, .. Gzip(RandomNumberGenerator.GetBytes(600)), .. Gzip("end"u8.ToArray())];
        List<int> silent = [];
        for (int length = 3; length < whole.Length; length++)
        {
            if (!IsSaid(await Walk(whole[..length], name: "x.gz")))
            {
                silent.Add(length);
            }
        }

        // Where a member ends, so may the file.
        Assert.That(silent, Is.EqualTo(new[] { first.Length, whole.Length - Gzip("end"u8.ToArray()).Length }));
        Assert.That(IsSaid(await Walk([.. first, .. "more"u8], name: "x.gz")), Is.True);
    }

    [Test]
    public async Task The_ratio_is_that_of_all_members_together()
    {
        byte[] bomb = [.. Enumerable.Repeat(Gzip(new byte[100_000]), 20).SelectMany(one => one)];

        Assert.That(
            await Walk(bomb, ArchiveLimits.Default with { MaxRatio = 10, RatioFloorBytes = 1_000_000 }, "x.gz"), Has.Some.Contains("times"));
    }

    [TestCase("../evil.txt")]
    [TestCase("/etc/evil.txt")]
    [TestCase("a/../../evil.txt")]
    [TestCase("C:\\evil.txt")]
    public async Task Paths_that_lead_outside_are_refused_and_what_follows_is_read(string name) => Assert.That(
        await Walk(Tar(TarEntryFormat.Pax, (name, [65]), ("b", [66]))),
        Is.EqualTo(new[] { "refused (a name that is not allowed): its path leads outside the archive or is not a file name", "b=B" }));

    [Test]
    public async Task Links_and_devices_are_no_files()
    {
        using MemoryStream bytes = new();
        await using (TarWriter writer = new(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc/passwd" });
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "folder/"));
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Fifo, "pipe"));
        }

        Assert.That(await Walk(bytes.ToArray()), Is.EqualTo(new[] { "refused link: a link", "refused pipe: a device or a pipe" }));
    }

    [Test]
    public async Task Depth_count_size_and_ratio_are_limits()
    {
        byte[] nested = Tar(TarEntryFormat.Ustar, ("1.tar", Tar(TarEntryFormat.Ustar, ("2.tar", Tar(TarEntryFormat.Ustar, ("deep", [65]))))));
        byte[] many = Tar(TarEntryFormat.Ustar, [.. Enumerable.Range(0, 20).Select(i => ($"{i}", new byte[] { 65 }))]);
        byte[] large = Gzip(Tar(TarEntryFormat.Ustar, ("zeros", new byte[1 << 20])));

        Assert.Multiple(async () =>
        {
            Assert.That(await Walk(nested, ArchiveLimits.Default with { MaxDepth = 2 }), Has.Exactly(1).Contains("nested deeper"));
            Assert.That(await Walk(many, ArchiveLimits.Default with { MaxEntries = 10 }), Has.Exactly(1).Contains("more than 10 entries"));
            Assert.That(await Walk(large, ArchiveLimits.Default with { MaxEntryBytes = 1_000 }), Has.Exactly(1).Contains("more than 1000 bytes in one"));
            Assert.That(await Walk(large, ArchiveLimits.Default with { MaxTotalBytes = 1_000 }), Has.Some.Contains("in all"));
            Assert.That(await Walk(large, ArchiveLimits.Default with { MaxRatio = 10, RatioFloorBytes = 1_000 }), Has.Some.Contains("times"));
        });
    }

    [Test]
    public async Task An_extended_header_of_a_length_that_nobody_needs_is_not_made_room_for()
    {
        byte[] tar = Tar(TarEntryFormat.Gnu, (new string('n', 200), [65]));
        "17777777777\0"u8.CopyTo(tar.AsSpan(124));
        Check(tar);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That((await Walk(tar)).Single(), Does.Contain("longer than 65536 bytes"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(16 << 20));
    }

    [Test]
    public async Task Damage_is_said_wherever_the_archive_ends_and_never_throws()
    {
        byte[] tar = Tar(TarEntryFormat.Pax, ("a.txt", new byte[700]), ("b.txt", [66]));
        byte[] packed = Gzip(tar);
        byte[] changed = [.. packed];
        changed[^6] ^= 1;

        Assert.That(await Walk(changed), Has.Some.Contains("not a whole tar archive"), "its checksum");
        int end = tar.AsSpan().LastIndexOfAnyExcept((byte)0);
        for (int length = 1; length < end; length += 97)
        {
            Assert.That(await Walk(tar[..length]), Has.Some.Contains("refused").Or.Some.Contains("damaged"), $"{length} bytes");
        }

        List<int> silent = [];
        for (int length = 3; length < packed.Length; length++)
        {
            if (!IsSaid(await Walk(packed[..length])))
            {
                silent.Add(length);
            }
        }

        Assert.That(silent, Is.Empty, $"of {packed.Length} packed bytes");
    }

    private static bool IsSaid(List<string> seen) => seen.Exists(
        one => one.Contains("refused", StringComparison.Ordinal) || one.EndsWith("=damaged", StringComparison.Ordinal));

    private static void Check(byte[] tar)
    {
        "        "u8.CopyTo(tar.AsSpan(148));
        int sum = tar.AsSpan(0, 512).ToArray().Sum(value => value);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
    }

    private static byte[] Tar(TarEntryFormat format, params (string Name, byte[] Content)[] files)
    {
        using MemoryStream bytes = new();
        using (TarWriter writer = new(bytes, format, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                    _ => new PaxTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(content);
                writer.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static async Task<List<string>> Walk(byte[] archive, ArchiveLimits? limits = null, string name = "a.tar")
    {
        List<string> seen = [];
        using MemoryStream stream = new(archive);
        await foreach (ArchiveItem item in TarWalker.WalkAsync(stream, name, limits ?? ArchiveLimits.Default))
        {
            seen.Add(item switch
            {
                ArchiveItem.Refused refused => $"refused {refused.Path}: {refused.Reason}",
                ArchiveItem.Member member => $"{member.Path}={Text(member.Content)}",
                _ => "?",
            });
        }

        return seen;
    }

    private static string Text(Stream content)
    {
        try
        {
            using StreamReader reader = new(content, leaveOpen: true);
            return reader.ReadToEnd();
        }
        catch (ArchiveLimitException limit)
        {
            return "limit: " + limit.Message;
        }
        catch (InvalidDataException)
        {
            return "damaged";
        }
    }
}
