using System.Globalization;
using System.Security.Cryptography;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization.DocumentInput;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>
/// Binary resources that nothing refers to. Such a one is its content (R4 binary.html): it is read as the same bytes are when they
/// come as they are, and gives the same records, under the same keys.
/// </summary>
internal sealed class FhirBinaries
{
    private const string NotRead = "unknown";
    private const string Limit = "limit";

    private readonly IReadOnlyList<FhirEntry> _entries;
    private readonly FhirOwners _owners;
    private readonly NormalizationContext _context;
    private readonly HashSet<int> _alone;

    public FhirBinaries(IReadOnlyList<FhirEntry> entries, FhirOwners owners, NormalizationContext context)
    {
        _entries = entries;
        _owners = owners;
        _context = context;
        HashSet<int> referred = [.. entries.SelectMany(entry => entry.Links
            .Select(link => link.Text is { } literal ? entry.Scope.Find(literal, entry.Base) : null)).OfType<int>()];
        _alone = [.. entries.Where(entry => entry.Type == "Binary" && !referred.Contains(entry.Index)).Select(entry => entry.Index)];
    }

    /// <summary>The entries that are documents of their own.</summary>
    public IReadOnlySet<int> Alone => _alone;

    /// <summary>What the item is, when it is one Binary and nothing else; null when it is more.</summary>
    public Normalized? Only()
    {
        if (_entries is not [{ } entry] || _alone.Count == 0)
        {
            return null;
        }

        // A picture, or anything else that is not read: FHIR stores what it is sent.
        Normalized read = Read(entry, out ContentHash content);
        return read is Normalized.NotARecord or Normalized.Unreadable { Code: NotRead }
            ? new Normalized.Records([Unread(entry, content, read)])
            : read;
    }

    /// <summary>The records of those among other entries, numbered on.</summary>
    public IEnumerable<PatientRecord> Records(int first) => RecordsOf(first).Select(pair => pair.Record);

    /// <summary>The same, each with the number of its entry.</summary>
    public IEnumerable<(int Index, PatientRecord Record)> RecordsOf(int first)
    {
        HashSet<ContentHash> seen = [];
        ReadingTime time = new(DocumentLimits.Default.MaxDuration);
        foreach (int index in _alone.Order())
        {
            bool isMore = seen.Count == EmbeddedReader.MaxDocuments || time.Next(DocumentLimits.Default) is null;
            Normalized read = isMore ? TooMany(_entries[index], out ContentHash content) : Read(_entries[index], out content);
            if (!seen.Add(content))
            {
                continue;
            }

            foreach (PatientRecord part in read is Normalized.Records records ? records.Parts : [Unread(_entries[index], content, read)])
            {
                yield return (index, part with { Part = first++ });
            }
        }
    }

    // What was not looked at waits for a person.
    private static Normalized.Unreadable TooMany(FhirEntry entry, out ContentHash content)
    {
        content = ContentHash.FromDigest(SHA256.HashData(FhirBase64.Document(entry.Resource) ?? []));
        return new Normalized.Unreadable(Limit, "There are more Binaries than are read of one item; send it by itself.", entry.Where);
    }

    private Normalized Read(FhirEntry entry, out ContentHash content)
    {
        byte[]? data = FhirValue.Text(entry.Resource, "data") is { } text ? FhirBase64.Decode(text) : [];
        byte[] bytes = data ?? [];
        content = ContentHash.FromDigest(SHA256.HashData(bytes));
        if (data is null)
        {
            return new Normalized.Unreadable("malformed", "The Binary holds data that is not base64.", entry.Where);
        }

        if (bytes.Length == 0)
        {
            return new Normalized.Unreadable(NotRead, "The Binary holds no data.", entry.Where);
        }

        string? type = FhirValue.Text(entry.Resource, "contentType")?.Split(';')[0].Trim().ToLowerInvariant();
        ContentKind kind = ContentSniffer
            .Recognise(bytes.AsSpan(0, Math.Min(bytes.Length, ContentSniffer.HeadLength)), null, type).Kind;
        if (kind is ContentKind.DicomInstance or ContentKind.DicomDirectory)
        {
            return new Normalized.Unreadable(
                "not-as-it-is", "A DICOM instance inside a Binary is not read; send it as it is, by C-STORE or STOW-RS.", entry.Where);
        }

        if (DocumentNormalizer.PictureOf(kind) is not null)
        {
            return new Normalized.NotARecord("picture");
        }

        if (_context.Depth == EmbeddedReader.MaxDepth)
        {
            return new Normalized.Unreadable(Limit, "A Binary is inside another one more often than is read.", entry.Where);
        }

        using MemoryStream stream = new(bytes, writable: false);
        NormalizationContext inner = _context with
        {
            Blob = content,
            Content = content,
            FileName = null,
            MediaType = type,
            DataSetOffset = 0,
            Depth = _context.Depth + 1,
        };
        Normalized read = Normalizer.Normalize(kind, stream, bytes.Length, inner);
        return read is Normalized.Records records
            ? new Normalized.Records([.. records.Parts.Select(part => OfBinary(part, entry, bytes))])
            : read;
    }

    // A range of the content is no range of the item, whose bytes are the Binary's.
    private PatientRecord OfBinary(PatientRecord part, FhirEntry entry, byte[] bytes) => part with
    {
        Claim = Whose(entry, part.Claim),
        Binaries = [.. part.Binaries.Select(binary => binary.Offset is not { } offset ? binary : binary with
        {
            Offset = null,
            Length = null,
            Derived = bytes.AsMemory((int)offset, (int)(binary.Length ?? bytes.Length - offset)),
        })],
    };

    // Its securityContext may say whose it is: that is an envelope.
    private PatientClaim Whose(FhirEntry entry, PatientClaim content)
    {
        IReadOnlySet<FhirOwner> named = _owners.Of(entry.Index);
        return named.Count switch
        {
            0 => content,
            1 => named.First().Claim with
            {
                Inside = content.IsNobody ? content.Inside : [new EmbeddedClaim("the document in " + entry.Where, content)],
            },
            _ => new PatientClaim { ByReferenceOnly = true },
        };
    }

    // Kept as it came. Whom an image of DICOM names is told all the same.
    private PatientRecord Unread(FhirEntry entry, ContentHash content, Normalized why)
    {
        FhirEmbedded inside = new(_context);
        if (why is not Normalized.Unreadable { Code: Limit })
        {
            inside.Add(entry);
        }

        byte[] bytes = FhirBase64.Document(entry.Resource) ?? [];
        string type = FhirValue.Text(entry.Resource, "contentType") ?? "application/octet-stream";
        string key = string.Create(CultureInfo.InvariantCulture, $"{content}.binary");
        AttachmentFacts attachment = new() { ContentType = type, Url = Placeholder.For(key), Size = bytes.Length, Sha1 = Sha1.Of(bytes) };
        return new PatientRecord
        {
            Part = 1,
            Title = "FHIR Binary",
            Claim = why is Normalized.Unreadable { Code: Limit }
                ? new PatientClaim { ByReferenceOnly = true }
                : Whose(entry, inside.Claims is [{ } one, ..] ? one.Claim : PatientClaim.Nobody),
            Resources = [DocumentReferenceWriter.Write(key + ".document", new DocumentFacts { Attachments = [attachment] })],
            Binaries = [new BinaryDraft { Key = key, ContentType = type, Derived = bytes }],
            Losses = bytes.Length == 0 && FhirValue.Text(entry.Resource, "data") is { Length: > 0 }
                ? [$"{entry.Where} holds data that is not base64"] : [],
            Warnings = [why is Normalized.Unreadable unreadable ? $"{unreadable.Code}: {unreadable.Sentence}" : "not-read: it is no record"],
        };
    }
}
