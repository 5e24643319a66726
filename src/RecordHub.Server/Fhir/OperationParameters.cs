using Microsoft.AspNetCore.Http;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>The parameters of an operation that is a search, and what each means in the words of a search. Pure.</summary>
/// <param name="Terms">The operation's parameter, the search's, and the prefix of its values.</param>
internal sealed record OperationParameters(params IReadOnlyList<(string Name, string Of, string Prefix)> Terms)
{
    /// <summary><c>Patient/$everything</c>.</summary>
    public static OperationParameters Everything { get; } =
        new(("_type", "_type", ""), ("_since", "_lastUpdated", "ge"), ("_count", "_count", ""));

    /// <summary><c>DocumentReference/$docref</c>: documents of a patient, by when what they tell of was.</summary>
    public static OperationParameters DocRef { get; } = new(
        ("patient", "patient", ""), ("start", "period", "ge"), ("end", "period", "le"), ("type", "type", ""), ("_count", "_count", ""));

    /// <summary>What is asked for, as a search.</summary>
    /// <exception cref="RefusedException">A parameter is none of the operation's (400).</exception>
    public IReadOnlyList<KeyValuePair<string, string>> ToSearch(IReadOnlyList<KeyValuePair<string, string>> asked) =>
    [
        .. asked.Select(parameter => Terms.FirstOrDefault(term => term.Name == parameter.Key) is { Name: not null } term
            ? KeyValuePair.Create(term.Of, parameter.Value.Length == 0 ? string.Empty : term.Prefix + parameter.Value)
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid",
                $"The operation takes {string.Join(", ", Terms.Select(term => term.Name))}.", "http.parameter." + parameter.Key)),
    ];
}
