using System.IO.Compression;

namespace RecordHub.Documents.Reading;

/// <summary>A ZIP container in memory (DOCX, ODT) whose every member has been inflated and counted once before anything is parsed.</summary>
internal sealed class Container : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly ReadContext _context;

    private Container(ZipArchive archive, ReadContext context)
    {
        _archive = archive;
        _context = context;
    }

    public IEnumerable<string> Names => _archive.Entries.Select(e => e.FullName);

    public static Container Open(ReadOnlyMemory<byte> content, ReadContext context)
    {
        CheckDirectory(content.Span, context);
        ZipArchive archive;
        try
        {
            archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false), ZipArchiveMode.Read);
            _ = archive.Entries.Count;
        }
        catch (InvalidDataException)
        {
            throw Damaged(content.Length);
        }

        Container container = new(archive, context);
        try
        {
            container.Verify();
            return container;
        }
        catch
        {
            container.Dispose();
            throw;
        }
    }

    /// <summary>A member's bytes, null when there is none of this name.</summary>
    public byte[]? Read(string name)
    {
        ZipArchiveEntry? entry = _archive.GetEntry(name);
        if (entry is null)
        {
            return null;
        }

        try
        {
            using Stream member = entry.Open();
            return BoundedContent.Read(member, _context.Limits.MaxEntryBytes, DocumentLimit.InflatedBytes, _context.Stop);
        }
        catch (InvalidDataException)
        {
            throw DocumentException.Unreadable("a part of the file is damaged", $"part {Known(name)}");
        }
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>Counts the central directory's headers (APPNOTE 4.3.12) before a list of them is built.</summary>
    private static void CheckDirectory(ReadOnlySpan<byte> content, ReadContext context)
    {
        int count = 0;
        for (int at = content.IndexOf("PK\x1\x2"u8); at >= 0;)
        {
            if (++count > context.Limits.MaxEntries)
            {
                throw DocumentException.TooLarge(DocumentLimit.ContainerEntries, $"more than {context.Limits.MaxEntries} parts");
            }

            int next = content[(at + 4)..].IndexOf("PK\x1\x2"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }
    }

    private void Verify()
    {
        long total = 0;
        byte[] block = new byte[81_920];
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            if (entry.IsEncrypted)
            {
                throw DocumentException.Encrypted("the file's parts are encrypted; send a copy without a password");
            }

            try
            {
                total = Verify(entry, block, total);
            }
            catch (InvalidDataException)
            {
                // One damaged part may be a picture; a part that is needed says so when it is read.
                _context.Warn("part-damaged", $"the part {Known(entry.FullName)} is damaged");
            }
        }
    }

    private long Verify(ZipArchiveEntry entry, byte[] block, long total)
    {
        long size = 0;
        using Stream member = entry.Open();
        for (int read = member.Read(block); read > 0; read = member.Read(block))
        {
            _context.Check();
            size += read;
            total += read;
            if (size > _context.Limits.MaxEntryBytes || total > _context.Limits.MaxInflatedBytes)
            {
                throw DocumentException.TooLarge(DocumentLimit.InflatedBytes, "the file's parts inflate to more than is allowed");
            }

            if (size > 1 << 20 && size / Math.Max(1, entry.CompressedLength) > _context.Limits.MaxInflationRatio)
            {
                throw DocumentException.TooLarge(
                    DocumentLimit.InflationRatio, $"a part inflates to more than {_context.Limits.MaxInflationRatio} times its size");
            }
        }

        return total;
    }

    private static DocumentException Damaged(int length) =>
        DocumentException.Unreadable("not a whole ZIP container (its directory at the end is missing or damaged)", $"byte {length}");

    /// <summary>Part names are the sender's words; only the formats' own are repeated.</summary>
    private static string Known(string name) =>
        name.Length < 80 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-') ? name : "of another name";
}
