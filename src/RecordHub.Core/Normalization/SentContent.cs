using RecordHub.Core.Intake;
using RecordHub.Core.Normalization.FhirInput;

namespace RecordHub.Core.Normalization;

/// <summary>FHIR content as its sender counts it, and what each of it comes to be once its records are filed.</summary>
/// <param name="Kind">The format.</param>
/// <param name="BundleType">The Bundle's type; null when the content is no Bundle.</param>
/// <param name="Entries">The entries of the Bundle, the lines of NDJSON, or the one resource; in the sender's order.</param>
public sealed record SentContent(ContentKind Kind, string? BundleType, IReadOnlyList<SentEntry> Entries)
{
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
            IReadOnlyList<FhirPart> parts = FhirParts.Split(read.All, owners);
            ILookup<int, FhirPart> partsOf = parts.SelectMany(part => part.Members.Select(index => (index, part)))
                .ToLookup(pair => pair.index, pair => pair.part);
            return new SentContent(
                kind, read.BundleType, [.. read.Sent.Select(sent => Entry(sent, read, partsOf, owners, context.Content))]);
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

    private static SentEntry Entry(
        FhirSent sent, FhirEntries read, ILookup<int, FhirPart> partsOf, FhirOwners owners, ContentHash content)
    {
        SentProblem? problem = sent.Problem is { } exception
            ? new SentProblem(exception.Code, exception.Message, exception.Where)
            : null;
        SentShare[] shares =
        [
            .. sent.Indexes.SelectMany(
                index => partsOf[index].Select(part => Share(part, read.All[index], owners, content))),
        ];
        return new SentEntry(sent.Where, sent.Type, sent.Indexes.Count > 1, problem, shares);
    }

    private static SentShare Share(FhirPart part, FhirEntry entry, FhirOwners owners, ContentHash content) => new(
        part.Number, entry.Type,
        FhirRewriter.IsPatientOf(part, entry, owners) ? null : FhirRewriter.KeyOf(content, part, entry.Index));
}
