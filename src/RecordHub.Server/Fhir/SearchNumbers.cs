using Microsoft.AspNetCore.Http;
using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>
/// Reads numbers, quantities and the composites of an Observation (R4 search.html §number, §quantity, §composite). Pure.
/// </summary>
internal static class SearchNumbers
{
    /// <summary>What a composite is put together of; without one for what is asked of each component.</summary>
    private static readonly Dictionary<string, string> s_values = new(StringComparer.Ordinal)
    {
        ["code-value-concept"] = "value-concept",
        ["code-value-date"] = "value-date",
        ["code-value-quantity"] = "value-quantity",
        ["code-value-string"] = "value-string",
        ["combo-code-value-quantity"] = "value-quantity",
    };

    /// <summary>A number, with its prefix.</summary>
    /// <exception cref="RefusedException">It is none (400).</exception>
    public static FilterValue.Quantity Number(string name, string value)
    {
        (DatePrefix prefix, int length) = SearchValues.Prefix(value);
        string number = value[length..];
        (bool isNumber, long low, long high) = prefix switch
        {
            DatePrefix.Equal or DatePrefix.NotEqual => (FhirNumbers.TryRange(number, out long from, out long to), from, to),
            DatePrefix.Approximately => (FhirNumbers.TryAbout(number, out long from, out long to), from, to),

            // What is compared is exact (R4 search.html §prefix).
            _ => (FhirNumbers.TryRead(number, out long exact), exact, exact),
        };
        return isNumber
            ? new FilterValue.Quantity(prefix, low, high)
            : throw Invalid(name, "The value is no number; write it as 5.4, gt5.4 or 5.4e-3.");
    }

    /// <summary>A number with its prefix, and the unit: <c>5.4|http://unitsofmeasure.org|mg</c>, <c>5.4||mg</c>, <c>5.4</c>.</summary>
    /// <exception cref="RefusedException">It is none (400).</exception>
    public static FilterValue.Quantity Quantity(string name, string value) => SearchValues.SplitAt(value, '|') switch
    {
        [string number] => Number(name, number),
        [string number, string system, string unit] => Number(name, number) with { System = NotEmpty(system), Unit = NotEmpty(unit) },
        _ => throw Invalid(name, "The value is no quantity; write it as 5.4, 5.4||mg or 5.4|http://unitsofmeasure.org|mg."),
    };

    /// <summary>A composite: a code and a value with a dollar sign between.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="value">Its value.</param>
    /// <param name="read">Reads one value of another parameter of the type.</param>
    /// <exception cref="RefusedException">It is none (400).</exception>
    public static ResourceFilter Composite(string type, string name, string value, Func<string, string, ResourceFilter> read) =>
        new(name, []) { AnyOf = [.. SearchValues.Split(value).SelectMany(one => Alternatives(type, name, one, read))] };

    private static IEnumerable<IReadOnlyList<ResourceFilter>> Alternatives(
        string type, string name, string value, Func<string, string, ResourceFilter> read)
    {
        if (SearchValues.SplitAt(value, '$') is not [{ Length: > 0 } code, { Length: > 0 } of])
        {
            throw Invalid(name, "The value is put together of two, as in 8480-6$gt140 or http://loinc.org|8480-6$gt140||mm[Hg].");
        }

        if (s_values.TryGetValue(name, out string? second))
        {
            yield return [read("code", code), read(second, of)];
        }

        if (name is not ("combo-code-value-quantity" or "component-code-value-quantity"))
        {
            yield break;
        }

        if (SearchValues.Token(code) is not { Code: not null } token || Quantity(name, of) is not { } quantity
            || (quantity.System is not null && quantity.Unit is null))
        {
            throw Invalid(
                name, $"The value names a code, and its unit by code where it names a system; {type}.component is looked for by both.");
        }

        yield return [new ResourceFilter("component-code-value-quantity", [new FilterValue.CodedQuantity(token, quantity)])];
    }

    private static string? NotEmpty(string text) => text.Length == 0 ? null : SearchValues.Unescape(text);

    private static RefusedException Invalid(string name, string diagnostics) =>
        new(StatusCodes.Status400BadRequest, "invalid", diagnostics, "http.parameter." + name);
}
