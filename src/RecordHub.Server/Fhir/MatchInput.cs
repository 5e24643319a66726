using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>What <c>Patient/$match</c> is asked (R4 patient-operation-match.html).</summary>
/// <param name="Claim">Whom to look for.</param>
/// <param name="OnlyCertain">Whether nobody but a certain match is wanted.</param>
/// <param name="Count">How many are wanted at most; null when it is not said.</param>
internal sealed record MatchInput(PatientClaim Claim, bool OnlyCertain, int? Count)
{
    private const long MostBytes = 1 << 20;

    /// <exception cref="RefusedException">The body is no Parameters resource with a Patient (400, 415).</exception>
    internal static async Task<MatchInput> ReadAsync(HttpContext context)
    {
        if (!OperationInput.IsSentTo(context.Request))
        {
            throw new RefusedException(
                StatusCodes.Status415UnsupportedMediaType, "not-supported",
                "Send a Parameters resource as application/fhir+json.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        try
        {
            using JsonDocument json = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return Read(json.RootElement);
        }
        catch (JsonException)
        {
            throw Invalid("The body is no JSON.", "Parameters");
        }
    }

    public override string ToString() => nameof(MatchInput);

    private static MatchInput Read(JsonElement root)
    {
        if (!IsResource(root, "Parameters") || !root.TryGetProperty("parameter", out JsonElement list)
            || list.ValueKind != JsonValueKind.Array)
        {
            throw Invalid("Send a Parameters resource with a parameter resource that is a Patient.", "Parameters.parameter");
        }

        PatientClaim? claim = null;
        bool onlyCertain = false;
        int? count = null;
        foreach (JsonElement parameter in list.EnumerateArray())
        {
            switch (NameOf(parameter))
            {
                case "resource" when parameter.TryGetProperty("resource", out JsonElement patient) && IsResource(patient, "Patient"):
                    claim = PatientMatch.Read(patient);
                    break;
                case "onlyCertainMatches" when parameter.TryGetProperty("valueBoolean", out JsonElement flag)
                    && flag.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    onlyCertain = flag.GetBoolean();
                    break;
                case "count" when parameter.TryGetProperty("valueInteger", out JsonElement number)
                    && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int most) && most > 0:
                    count = most;
                    break;
                default:
                    throw Invalid(
                        "The operation takes resource (a Patient), onlyCertainMatches (valueBoolean) and count (valueInteger, from 1).",
                        "Parameters.parameter");
            }
        }

        return claim is null or { Names.Count: 0, BirthDate: null, Identifiers.Count: 0 }
            ? throw Invalid("Give a Patient with a name, a birth date or an identifier to look for.", "Parameters.parameter")
            : new MatchInput(claim, onlyCertain, count);
    }

    private static bool IsResource(JsonElement element, string type) => element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("resourceType", out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.ValueEquals(type);

    private static string? NameOf(JsonElement parameter) => parameter.ValueKind == JsonValueKind.Object
        && parameter.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String
            ? name.GetString() : null;

    private static RefusedException Invalid(string message, string where) =>
        new(StatusCodes.Status400BadRequest, "structure", message, where);
}
