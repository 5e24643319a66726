using System.Text.Json;

namespace RecordHub.Core.Cases;

/// <summary>
/// Whether a resource can stand for what is asked for, by the elements that change what it says (R4
/// conformance-rules.html#isModifier): <c>status</c>, <c>verificationStatus</c>, <c>doNotPerform</c> and their like. Pure.
/// </summary>
/// <param name="Word">What a reader has to know before anything else of it; null when there is nothing.</param>
/// <param name="Counts">Whether it can; when it cannot, <paramref name="Word"/> is the reason.</param>
internal readonly record struct Standing(string? Word, bool Counts)
{
    // Statuses of all types; where two types mean different things by one word, the type is said.
    private static readonly string[] s_statuses = ["status", "docStatus", "lifecycleStatus"];
    private static readonly string[] s_concepts = ["verificationStatus", "clinicalStatus"];

    private static Standing Good => new(null, true);

    /// <summary>How a resource of this title is listed: marked, never hidden.</summary>
    internal string Mark(string title) => Word is null ? title : $"[{Word}] {title}";

    /// <summary>What its own elements say of a resource, and which of its files are here.</summary>
    internal static Standing Of(JsonElement resource, AttachedFiles files)
    {
        string? type = ResourceFacts.Text(resource, "resourceType");
        Standing[] all = [.. Said(type, resource), OfFiles(type, resource, files)];
        Standing against = all.FirstOrDefault(one => one is { Word: not null, Counts: false });
        return against.Word is not null ? against : all.FirstOrDefault(one => one.Word is not null, Good);
    }

    private static IEnumerable<Standing> Said(string? type, JsonElement resource)
    {
        foreach (string name in s_statuses)
        {
            yield return OfCode(type, ResourceFacts.Text(resource, name));
        }

        foreach (string code in s_concepts.SelectMany(name => Codes(resource, name)))
        {
            yield return OfCode(type, code);
        }

        if (resource.TryGetProperty("doNotPerform", out JsonElement not) && not.ValueKind == JsonValueKind.True)
        {
            yield return new Standing("not to be done", false);
        }

        if (type == "Consent" && Refuses(resource))
        {
            yield return new Standing("refuses", false);
        }

        // R4 extensibility.html#modifierExtension: who does not know it must not go by the rest.
        if (resource.TryGetProperty("modifierExtension", out JsonElement extension)
            && extension.ValueKind == JsonValueKind.Array && extension.GetArrayLength() > 0)
        {
            yield return new Standing("changed by an extension that is not known here", false);
        }
    }

    private static Standing OfCode(string? type, string? code) => (type, code) switch
    {
        (_, "entered-in-error") => new("entered in error", false),
        ("Condition" or "AllergyIntolerance", "refuted") => new("refuted", false),
        ("Consent", "draft" or "proposed") => new("not given yet", false),
        ("Consent", "rejected" or "inactive") => new(code, false),
        ("Observation" or "DiagnosticReport", "registered") => new("no result yet", false),
        ("MedicationRequest", "draft") => new("draft", false),
        (_, "not-taken") => new("not taken", false),
        (_, "not-done") => new("not done", false),
        (_, "preparation") => new("not done yet", false),
        (_, "cancelled" or "revoked" or "rejected" or "declined" or "noshow") => new(code, false),
        (_, "on-hold") => new("on hold", true),
        ("Condition" or "AllergyIntolerance", "inactive") => new(code, true),
        (_, "preliminary" or "stopped" or "superseded" or "draft" or "provisional" or "differential"
            or "remission" or "resolved") => new(code, true),
        _ => Good,
    };

    // A document is its file; a report may say what it has to say by itself.
    private static Standing OfFiles(string? type, JsonElement resource, AttachedFiles files)
    {
        bool isFile = type is "DocumentReference" or "Media"
            || (type is "DiagnosticReport" && !((string[])["conclusion", "conclusionCode", "result", "text"])
                .Any(name => resource.TryGetProperty(name, out _)));
        return isFile && files.Lost.Count > 0 && (files.Here == 0 || files.IsBodyLost) ? new("without its file", false) : Good;
    }

    // R4 consent.html: a provision that denies, or all denied but what provisions permit, of which there are none.
    private static bool Refuses(JsonElement consent)
    {
        bool hasProvision = consent.TryGetProperty("provision", out JsonElement provision)
            && provision.ValueKind == JsonValueKind.Object;
        if (hasProvision && ResourceFacts.Text(provision, "type") is { } type)
        {
            return type == "deny";
        }

        bool permits = hasProvision && provision.TryGetProperty("provision", out JsonElement inner)
            && ResourceFacts.Items(inner).Any(one => ResourceFacts.Text(one, "type") == "permit");
        return !permits && Codes(consent, "policyRule").Contains("OPTOUT");
    }

    private static IEnumerable<string> Codes(JsonElement resource, string name) =>
        resource.TryGetProperty(name, out JsonElement concept) && concept.ValueKind == JsonValueKind.Object
            && concept.TryGetProperty("coding", out JsonElement codings)
            ? ResourceFacts.Items(codings).Select(coding => ResourceFacts.Text(coding, "code")).OfType<string>() : [];
}
