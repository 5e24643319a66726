using System.Globalization;
using System.Runtime.InteropServices;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>FHIR R4 resources and bundles to facts, a record for each patient.</summary>
internal static class FhirNormalizer
{
    public static Normalized Normalize(ContentKind kind, Stream content, NormalizationContext context)
    {
        try
        {
            FhirEntries read = FhirReading.Read(kind, content);
            return read.Failure is { } failure ? throw failure
                : read.All.Count == 0 ? new Normalized.NotARecord("FHIR bundle without a resource")
                : Read(kind, read, context);
        }
        catch (FhirInputException exception)
        {
            return new Normalized.Unreadable(exception.Code, exception.Message, exception.Where);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws when it reads text with half a surrogate pair; nothing else here throws it.
            return new Normalized.Unreadable("malformed", "The JSON holds text that is no Unicode.", null);
        }
    }

    private static Normalized Read(ContentKind kind, FhirEntries read, NormalizationContext context)
    {
        FhirOwners owners = new(read.All, context.DefaultIssuer);
        FhirBinaries binaries = new(read.All, owners, context);
        return binaries.Only() ?? Records(kind, read, owners, binaries, context);
    }

    private static Normalized.Records Records(
        ContentKind kind, FhirEntries read, FhirOwners owners, FhirBinaries binaries, NormalizationContext context)
    {
        IReadOnlyList<FhirPart> parts = FhirParts.Split(read.All, owners, binaries.Alone);
        bool isWhole = parts.Count == 1 && binaries.Alone.Count == 0;
        List<PatientRecord> records = [];
        foreach (FhirPart part in parts)
        {
            FhirRewriter rewriter = new(part, read.All, owners, context);
            rewriter.Rewrite();
            FhirEmbedded inside = new(context);
            foreach (int index in part.Members)
            {
                inside.Add(read.All[index]);
            }

            List<string> warnings = [.. read.Warnings, .. inside.Warnings];
            if (part.IsShared)
            {
                warnings.Add("several-patients: these resources are about several people");
            }

            records.Add(new PatientRecord
            {
                Part = part.Number,
                Title = Title(part, read),
                Claim = ClaimOf(part) with { Inside = Inside(part, owners, inside) },
                Resources = rewriter.Resources,
                Binaries = [Original(kind, part, isWhole, read.All, context), .. rewriter.Binaries],
                Warnings = warnings,
                Incomplete = read.Broken,
                Losses = [.. read.Broken is { } broken ? [broken] : (string[])[], .. rewriter.Losses],
            });
        }

        records.AddRange(FhirMerges.Read(read.All, owners, parts.Count + 1, context.DefaultIssuer));
        records.AddRange(binaries.Records(records.Count + 1));
        return new Normalized.Records(records);
    }

    // What is about several people can be verified against no case: a person decides.
    private static PatientClaim ClaimOf(FhirPart part) => part switch
    {
        { IsShared: true } => new PatientClaim { ByReferenceOnly = true },
        { Owner: { } owner } => owner.Claim,
        _ => PatientClaim.Nobody,
    };

    private static IReadOnlyList<EmbeddedClaim>? Inside(FhirPart part, FhirOwners owners, FhirEmbedded documents)
    {
        IReadOnlyList<EmbeddedClaim> said = part.Owner is { } owner ? owners.SaidOf(owner) : [];
        return said.Count == 0 ? documents.Claims : [.. said, .. documents.Claims ?? []];
    }

    private static string Title(FhirPart part, FhirEntries read)
    {
        if (part.Members.Count == 1)
        {
            return "FHIR " + read.All[part.Members.First()].Type;
        }

        string first = read.All[part.Members.First()].Type;
        string what = first == "Composition" ? "FHIR document" : "FHIR bundle";
        return string.Create(CultureInfo.InvariantCulture, $"{what} of {part.Members.Count} resources");
    }

    // The whole item, when it is one patient's; else this patient's entries alone, as they came.
    private static BinaryDraft Original(
        ContentKind kind, FhirPart part, bool isWhole, IReadOnlyList<FhirEntry> entries, NormalizationContext context)
    {
        string key = Binding.OriginalKey(context.Content, part.Number);
        if (isWhole)
        {
            string type = kind switch
            {
                ContentKind.FhirXml => "application/fhir+xml",
                ContentKind.FhirNdjson => "application/fhir+ndjson",
                _ => "application/fhir+json",
            };
            return new BinaryDraft { Key = key, ContentType = type, Offset = 0 };
        }

        byte[] own = FhirJson.Resource("Bundle", writer =>
        {
            writer.WriteString("type", "collection");
            writer.WriteStartArray("entry");
            foreach (int index in part.Members)
            {
                writer.WriteStartObject();
                writer.Text("fullUrl", entries[index].FullUrl);
                writer.WritePropertyName("resource");
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(entries[index].Resource), skipInputValidation: true);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        return new BinaryDraft { Key = key, ContentType = "application/fhir+json", Derived = own };
    }
}
