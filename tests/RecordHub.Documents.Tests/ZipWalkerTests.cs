using System.IO.Compression;
using System.Text;
using RecordHub.Documents.Archives;

namespace RecordHub.Documents.Tests;

public sealed class ZipWalkerTests
{
    [Test]
    public async Task Members_of_nested_archives_are_handed_out_with_their_path()
    {
        byte[] inner = Samples.Zip(("b.txt", "inner"u8.ToArray()));
        List<string> seen = await Walk(Samples.Zip(("folder/a.txt", "outer"u8.ToArray()), ("more.zip", inner)));

        Assert.That(seen, Is.EqualTo(new[] { "folder/a.txt=outer", "more.zip!/b.txt=inner" }));
    }

    [Test]
    public async Task A_stream_that_cannot_seek_is_walked_too()
    {
        byte[] zip = Samples.Zip(("a.txt", "outer"u8.ToArray()));
        using DeflateStream forwardOnly = new(new MemoryStream(Deflate(zip)), CompressionMode.Decompress);

        Assert.That(await Walk(forwardOnly, ArchiveLimits.Default), Is.EqualTo(new[] { "a.txt=outer" }));
    }

    [Test]
    public async Task What_is_named_as_a_folder_and_has_bytes_is_a_file() => Assert.That(
        await Walk(Samples.Zip(("letter.txt/", "bytes"u8.ToArray()), ("folder/", []))), Is.EqualTo(new[] { "letter.txt=bytes" }));

    [TestCase(".")]
    [TestCase("../evil.txt")]
    [TestCase("/etc/evil.txt")]
    [TestCase("a/../../evil.txt")]
    [TestCase("C:\\evil.txt")]
    [TestCase("..\\evil.txt")]
    public async Task Paths_that_lead_outside_are_refused(string name)
    {
        List<string> seen = await Walk(Samples.Zip((name, [1])));

        Assert.That(seen.Single(), Does.Contain("refused").And.Not.Contain("evil"));
    }

    [Test]
    public async Task Depth_count_size_and_ratio_are_limits()
    {
        byte[] nested = Samples.Zip(("1.zip", Samples.Zip(("2.zip", Samples.Zip(("deep.txt", [65]))))));
        byte[] many = Samples.Zip([.. Enumerable.Range(0, 20).Select(i => ($"{i}.txt", new byte[] { 65 }))]);
        byte[] large = Samples.Zip(("zeros", new byte[1 << 20]));

        Assert.Multiple(async () =>
        {
            Assert.That(await Walk(nested, ArchiveLimits.Default with { MaxDepth = 2 }), Has.Exactly(1).Contains("nested deeper"));
            Assert.That(await Walk(many, ArchiveLimits.Default with { MaxEntries = 10 }), Has.Exactly(1).Contains("more than 10 entries"));
            Assert.That(await Walk(large, ArchiveLimits.Default with { MaxEntryBytes = 1_000 }), Has.Exactly(1).Contains("limit: more than 1000"));
            Assert.That(await Walk(large, ArchiveLimits.Default with { MaxTotalBytes = 1_000 }), Has.Exactly(1).Contains("in all"));
            Assert.That(await Walk(large, ArchiveLimits.Default with { MaxRatio = 10, RatioFloorBytes = 1_000 }), Has.Exactly(1).Contains("times"));
        });
    }

    [Test]
    public async Task An_encrypted_entry_says_what_to_give_instead()
    {
        byte[] zip = Samples.Zip(("a.txt", [1, 2, 3]));
        int local = zip.AsSpan().IndexOf("PK\x3\x4"u8);
        int central = zip.AsSpan().IndexOf("PK\x1\x2"u8);
        zip[local + 6] |= 1;
        zip[central + 8] |= 1;

        Assert.That((await Walk(zip)).Single(), Is.EqualTo("refused a.txt: encrypted; give an unencrypted archive"));
    }

    [Test]
    public async Task A_member_that_is_not_what_its_checksum_says_is_damaged()
    {
        byte[] zip = Samples.Zip(("a.txt", [1, 2, 3]));
        zip[zip.AsSpan().IndexOf("PK\x1\x2"u8) + 16] ^= 1;

        Assert.That((await Walk(zip)).Single(), Is.EqualTo("a.txt=damaged"));
    }

    [Test]
    public async Task What_is_no_archive_is_refused_as_a_whole()
    {
        byte[] cut = Samples.Zip(("a.txt", new byte[5_000]))[..50];

        Assert.That((await Walk(cut)).Single(), Does.StartWith("refused : not a whole ZIP"));
    }

    [Test]
    public async Task A_changed_byte_never_throws_anything_but_the_two_that_are_promised()
    {
        byte[] zip = Samples.Zip(("a.txt", Encoding.ASCII.GetBytes(new string('x', 500))), ("b.zip", Samples.Zip(("c", [1, 2]))));
        Random random = new(7);
        for (int round = 0; round < 400; round++)
        {
            byte[] changed = (byte[])zip.Clone();
            for (int i = 0; i < 3; i++)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            await Walk(changed);
        }
    }

    private static Task<List<string>> Walk(byte[] zip, ArchiveLimits? limits = null) =>
        Walk(new MemoryStream(zip), limits ?? ArchiveLimits.Default);

    private static async Task<List<string>> Walk(Stream zip, ArchiveLimits limits)
    {
        List<string> seen = [];
        await foreach (ArchiveItem item in ZipWalker.WalkAsync(zip, limits))
        {
            seen.Add(item switch
            {
                ArchiveItem.Member member => $"{member.Path}={Content(member.Content)}",
                ArchiveItem.Refused refused => $"refused {refused.Path}: {refused.Reason}",
                _ => throw new InvalidOperationException(),
            });
        }

        return seen;
    }

    private static string Content(Stream content)
    {
        try
        {
            using StreamReader reader = new(content);
            return reader.ReadToEnd();
        }
        catch (ArchiveLimitException over)
        {
            return "limit: " + over.Message;
        }
        catch (InvalidDataException)
        {
            return "damaged";
        }
    }

    private static byte[] Deflate(byte[] content)
    {
        using MemoryStream packed = new();
        using (DeflateStream deflate = new(packed, CompressionLevel.Fastest))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }
}
