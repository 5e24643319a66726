using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>The resource types that a body may have, of a sender whose scopes name some.</summary>
/// <param name="Types">The types.</param>
/// <param name="AnyDocument">Whether a document that is no FHIR is taken too: what is sent to Binary.</param>
internal sealed record TypesTaken(IReadOnlyList<string> Types, bool AnyDocument)
{
    /// <summary>Those of a request; null is all.</summary>
    public static TypesTaken? Of(FhirCall call, string? type) =>
        call.Caller.Scopes?.TypesOf(ResourceAction.Create) is { } types ? new TypesTaken(types, type == "Binary") : null;

    /// <summary>Why a body that went by is not taken; null when it is.</summary>
    /// <param name="json">What was seen of it; null when it is no JSON.</param>
    public RefusedException? Refusal(JsonMethods? json)
    {
        if (json is null)
        {
            return AnyDocument ? null : Refused("sends FHIR as JSON");
        }

        if (json.Types.Count == 0 && !AnyDocument)
        {
            return Refused("sends resources that say their type");
        }

        return json.Types.FirstOrDefault(type => !Types.Contains(type)) is { } other
            ? Refused($"may send {string.Join(", ", Types)} only, and not {(SearchParameterTable.IsResourceType(other) ? other : "others")}")
            : null;
    }

    private static RefusedException Refused(string what) => new(
        StatusCodes.Status403Forbidden, "forbidden",
        $"A token with scopes of some types {what}; ask for system/*.c to send anything. Nothing was kept.");
}
