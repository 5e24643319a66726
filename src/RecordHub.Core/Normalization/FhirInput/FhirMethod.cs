using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>What an entry may ask for (R4 Bundle.entry.request.method).</summary>
public static class FhirMethod
{
    /// <summary>The code of a refusal of an entry for its method.</summary>
    public const string Refused = "not-supported";

    private static readonly string[] s_conditions = ["ifNoneExist", "ifMatch", "ifNoneMatch", "ifModifiedSince"];

    /// <summary>Whether an entry with this method is taken in: one that sends a resource, or says nothing of it.</summary>
    public static bool IsTaken(string? method) => method is null or "POST" or "PUT";

    /// <summary>Whether an entry with this method asks to be shown something; a batch's is answered, and nothing of it is kept.</summary>
    public static bool IsRead(string? method) => method is "GET" or "HEAD";

    /// <summary>The method when R4 has it; of another, that it is one.</summary>
    public static string Name(string method) =>
        method is "DELETE" or "GET" or "HEAD" or "PATCH" ? method : "a method that R4 does not have";

    /// <summary>The first condition in an entry's request (R4 http.html#cond-update); null when there is none.</summary>
    internal static string? Condition(JsonElement entry)
    {
        if (!entry.TryGetProperty("request", out JsonElement request))
        {
            return null;
        }

        return s_conditions.FirstOrDefault(name => FhirValue.Text(request, name) is { Length: > 0 })
            ?? (FhirValue.Text(request, "url")?.Contains('?', StringComparison.Ordinal) == true ? "a search in request.url" : null);
    }

    /// <summary>What an entry asks to be shown; null when it asks for something else.</summary>
    internal static SentRead? Read(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("request", out JsonElement request)
        && FhirValue.Text(request, "method") is { } method && IsRead(method)
            ? new SentRead(method, FhirValue.Text(request, "url"))
            {
                IfNoneMatch = FhirValue.Text(request, "ifNoneMatch"),
                IfModifiedSince = FhirValue.Text(request, "ifModifiedSince"),
            }
            : null;

    /// <summary>Says that it is not carried out, and what is.</summary>
    public static string Refusal(string method) =>
        $"Entries of a Bundle are taken with POST and PUT; {Name(method)} is not carried out. "
        + "Leave the entry out; read and search with GET in a batch, or with requests of their own.";
}
