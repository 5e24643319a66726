using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>A Reference, or an address that may be one, in a resource.</summary>
/// <param name="Text">The literal reference or address; null when it has only an identifier or words.</param>
/// <param name="IsSubject">Whether it stands where a resource names whom it is about.</param>
/// <param name="IsAddress">Whether it is an address, such as an attachment's, a URI's or one in a narrative, and not a Reference.</param>
/// <param name="Element">The Reference itself; undefined for an address.</param>
internal readonly record struct FhirLink(string? Text, bool IsSubject, bool IsAddress, JsonElement Element)
{
    // The elements that put a resource into a patient's compartment first of all (R4 compartmentdefinition-patient.html).
    private static readonly HashSet<string> s_subjects =
        new(["subject", "patient", "beneficiary", "for", "individual"], StringComparer.Ordinal);

    /// <summary>Whether an element at the top of a resource names whom the resource is about.</summary>
    public static bool IsSubjectElement(string name) => s_subjects.Contains(name);

    /// <summary>All links of a resource, those of its contained resources included, in document order.</summary>
    public static List<FhirLink> Of(JsonElement resource)
    {
        List<FhirLink> links = [];
        foreach (JsonProperty property in resource.EnumerateObject())
        {
            Collect(property.Value, property.Name, IsSubjectElement(property.Name), links);
        }

        // What is contained is about somebody too, who has to be the same.
        foreach (JsonElement subject in SubjectsOfContained(resource))
        {
            if (FhirValue.Text(subject, "reference") is { } literal && !literal.StartsWith('#'))
            {
                links.Add(new FhirLink(literal, true, false, subject));
            }
        }

        return links;
    }

    /// <summary>The elements by which the resources that a resource contains name whom they are about.</summary>
    public static IEnumerable<JsonElement> SubjectsOfContained(JsonElement resource) =>
        FhirValue.Items(resource, "contained").Where(contained => contained.ValueKind == JsonValueKind.Object)
            .SelectMany(contained => contained.EnumerateObject())
            .Where(property => IsSubjectElement(property.Name) && property.Value.ValueKind == JsonValueKind.Object)
            .Select(property => property.Value);

    /// <summary>Whether a URI is an entry's name within its bundle, and not one of a vocabulary (R4 http.html#transaction).</summary>
    public static bool IsNamedUri(string name, JsonElement element) =>
        name is "valueUri" or "valueUrl" && element.GetString()?.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) == true;

    private static void Collect(JsonElement element, string name, bool isSubject, List<FhirLink> links)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Collect(item, name, isSubject, links);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            string? literal = FhirValue.Text(element, "reference");
            if (literal is not null || isSubject)
            {
                links.Add(new FhirLink(literal, isSubject, false, element));
            }

            foreach (JsonProperty property in element.EnumerateObject())
            {
                Collect(property.Value, property.Name, false, links);
            }
        }
        else if (element.ValueKind == JsonValueKind.String && (name == "url" || IsNamedUri(name, element)))
        {
            links.Add(new FhirLink(element.GetString(), false, true, default));
        }
        else if (name == "div" && element.ValueKind == JsonValueKind.String)
        {
            links.AddRange(NarrativeLinks.Of(element.GetString() ?? string.Empty)
                .Select(address => new FhirLink(address, false, true, default)));
        }
    }
}
