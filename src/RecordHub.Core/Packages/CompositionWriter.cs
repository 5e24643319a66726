using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>Writes the Composition of a package (R4 composition.html): all sections, always, each with what it has to say.</summary>
internal sealed class CompositionWriter(
    CaseAnalysis analysis, ChecklistReport report, IReadOnlyList<PackageChange>? changes, int version,
    IReadOnlySet<string> embedded)
{
    private const string EmptyReasons = "http://terminology.hl7.org/CodeSystem/list-empty-reason";

    internal static string TitleOf(CaseNumber number, int version) =>
        $"Second-opinion case package {number}, version {version}";

    internal byte[] Write(string id, DateTimeOffset date, IReadOnlyList<PackageResource> parts)
    {
        ILookup<string, PackageResource> bySection = parts.ToLookup(one => one.Section);
        CaseFile file = analysis.Content.File;
        return FhirJson.Resource("Composition", writer =>
        {
            writer.WriteString("id", id);
            WriteText(writer, new Narrative().Paragraph(TitleOf(file.Number, version)));
            writer.WritePropertyName("identifier");
            writer.Identifier(PublicationResources.PackageSystem, PublicationResources.IdentifierOf(file.Number, version));
            writer.WriteString("status", "final");
            writer.Concept("type", ResourceFacts.Loinc, "57133-1", "Referral note");
            writer.Reference("subject", $"Patient/{file.Patient.Id}");
            writer.WriteString("date", PackageBuilder.Instant(date));
            writer.WriteStartArray("author");
            writer.ReferenceItem(null, "RecordHub");
            writer.WriteEndArray();
            writer.WriteString("title", TitleOf(file.Number, version));
            if (version > 1)
            {
                writer.WriteStartArray("relatesTo");
                writer.WriteStartObject();
                writer.WriteString("code", "replaces");
                writer.WritePropertyName("targetIdentifier");
                writer.Identifier(
                    PublicationResources.PackageSystem, PublicationResources.IdentifierOf(file.Number, version - 1));
                writer.WriteEndObject();
                writer.WriteEndArray();
            }

            writer.WriteStartArray("section");
            foreach (Section section in Section.All)
            {
                WriteSection(writer, section, bySection);
            }

            writer.WriteEndArray();
        });
    }

    private void WriteSection(Utf8JsonWriter writer, Section section, ILookup<string, PackageResource> bySection)
    {
        PackageResource[] entries = [.. bySection[section.Key].OrderBy(one => one.Reference, StringComparer.Ordinal)];
        HashSet<string> references = [.. entries.Select(one => one.Reference)];
        ResourceFacts[] facts = [.. analysis.Facts.Where(one => references.Contains(one.Reference))];
        Narrative text = SectionText.Of(section, analysis, report, changes, facts, embedded);
        bool isEmpty = text.IsEmpty && entries.Length == 0;

        writer.WriteStartObject();
        writer.WriteString("title", $"{section.Number} {section.Title}");
        writer.WriteStartObject("code");
        writer.WriteStartArray("coding");
        foreach (string loinc in section.Loinc)
        {
            writer.CodingItem(ResourceFacts.Loinc, loinc, null);
        }

        if (section.Loinc.Count == 0)
        {
            writer.CodingItem(Section.System, section.Key, section.Title);
        }

        writer.WriteEndArray();
        writer.WriteString("text", section.Title);
        writer.WriteEndObject();
        WriteText(writer, isEmpty ? new Narrative().Paragraph(WhyEmpty(section)) : text.IsEmpty ? Titles(entries) : text);
        if (entries.Length > 0)
        {
            writer.WriteStartArray("entry");
            foreach (PackageResource entry in entries)
            {
                writer.ReferenceItem(entry.Reference);
            }

            writer.WriteEndArray();
        }
        else if (isEmpty)
        {
            // R4 cmp-2: only where there is no entry.
            writer.Concept(
                "emptyReason", EmptyReasons, section.Key == "unread" ? "nilknown" : "unavailable",
                section.Key == "unread" ? "Nil Known" : "Unavailable", WhyEmpty(section));
        }

        if (section.Parts.Count > 0)
        {
            writer.WriteStartArray("section");
            foreach (Section part in section.Parts)
            {
                WriteSection(writer, part, bySection);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static Narrative Titles(PackageResource[] entries) => new Narrative().List(entries.Select(one => one.Title));

    private static string WhyEmpty(Section section) => section.Key switch
    {
        "unread" => "Everything that came for this case could be read.",
        "imaging" => "No report or other imaging document has arrived.",
        "timeline" => "Nothing in the records is dated.",
        _ => "No record of this kind has arrived.",
    };

    private static void WriteText(Utf8JsonWriter writer, Narrative narrative)
    {
        writer.WriteStartObject("text");
        writer.WriteString("status", "generated");
        writer.WriteString("div", narrative.ToString());
        writer.WriteEndObject();
    }
}
