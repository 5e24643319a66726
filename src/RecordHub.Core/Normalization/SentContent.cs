using RecordHub.Core.Intake;
using RecordHub.Core.Normalization.FhirInput;

namespace RecordHub.Core.Normalization;

/// <summary>FHIR content as its sender counts it, and what each of it comes to be once its records are filed.</summary>
/// <param name="Kind">The format.</param>
/// <param name="BundleType">The Bundle's type; null when the content is no Bundle.</param>
/// <param name="Entries">The entries of the Bundle, the lines of NDJSON, or the one resource; in the sender's order.</param>
public sealed record SentContent(ContentKind Kind, string? BundleType, IReadOnlyList<SentEntry> Entries)
{
    /// <summary>What of it was not taken, which its entries say each; null when all of it was.</summary>
    public string? Broken { get; private init; }

    /// <summary>Reads content as normalisation does; null when it is no FHIR as a whole.</summary>
    public static SentContent? Read(ContentKind kind, Stream content, NormalizationContext context)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(context);
        if (kind is not (ContentKind.FhirJson or ContentKind.FhirXml or ContentKind.FhirNdjson))
        {
            return null;
        }

        try
        {
            FhirEntries read = FhirReading.Read(kind, content);
            FhirOwners owners = new(read.All, context.DefaultIssuer);
            FhirBinaries binaries = new(read.All, owners, context);
            IReadOnlyList<FhirPart> parts = FhirParts.Split(read.All, owners, binaries.Alone);
            ILookup<int, SentShare> shares = parts
                .SelectMany(part => OfPart(part, read.All, owners, context))
                .Concat(OfBinaries(read, owners, binaries, parts.Count, context))
                .ToLookup(pair => pair.Index, pair => pair.Share);
            return new SentContent(kind, read.BundleType, [.. read.Sent.Select(sent => Entry(sent, shares))])
            {
                Broken = read.Broken,
            };
        }
        catch (FhirInputException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Text with half a surrogate pair, as normalisation finds it.
            return null;
        }
    }

    /// <summary>
    /// The entries of a batch that asks to be shown something and sends nothing that could be kept; null of anything else.
    /// </summary>
    public static IReadOnlyList<SentEntry>? OnlyReads(ContentKind kind, Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            FhirEntries read = FhirReading.Read(kind, content);
            ILookup<int, SentShare> nothing = Enumerable.Empty<SentShare>().ToLookup(static share => share.Part);
            return read.BundleType == FhirEntries.Batch && read.Sent.Any(sent => sent.Read is not null)
                && read.Sent.All(sent => sent is { Read: not null } or { Problem.Code: FhirMethod.Refused })
                ? [.. read.Sent.Select(sent => Entry(sent, nothing))]
                : null;
        }
        catch (FhirInputException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Text with half a surrogate pair, as normalisation finds it.
            return null;
        }
    }

    /// <summary>The type only: the members are of a patient's content.</summary>
    public override string ToString() => nameof(SentContent);

    // A Binary that is a document of its own became one of that document's records, whose bytes are its own.
    private static IEnumerable<(int Index, SentShare Share)> OfBinaries(
        FhirEntries read, FhirOwners owners, FhirBinaries binaries, int parts, NormalizationContext context)
    {
        // One that came by itself is answered as its bytes are when they come as they are.
        if (binaries.Alone.Count == 0 || read.All.Count == 1)
        {
            return [];
        }

        int merges = FhirMerges.Read(read.All, owners, parts + 1, context.DefaultIssuer).Count();
        return binaries.RecordsOf(parts + merges + 1).Where(static pair => pair.Record.Binaries.Count > 0)
            .Select(static pair => (pair.Index, new SentShare(pair.Record.Part, "Binary", pair.Record.Binaries[0].Key)));
    }

    private static SentEntry Entry(FhirSent sent, ILookup<int, SentShare> shares) => new(
        sent.Where, sent.Type, sent.Indexes.Count > 1,
        sent.Problem is { } exception ? new SentProblem(exception.Code, exception.Message, exception.Where) : null,
        [.. sent.Indexes.SelectMany(index => shares[index])])
    {
        Condition = sent.Condition,
        Read = sent.Read,
    };

    private static IEnumerable<(int Index, SentShare Share)> OfPart(
        FhirPart part, IReadOnlyList<FhirEntry> entries, FhirOwners owners, NormalizationContext context)
    {
        FhirRewriter rewriter = new(part, entries, owners, context);
        rewriter.Rewrite();
        return part.Members.Select(index => (index, new SentShare(part.Number, entries[index].Type, rewriter.KeyOf(index))));
    }
}
