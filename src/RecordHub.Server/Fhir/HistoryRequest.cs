using System.Globalization;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Resources;
using RecordHub.Server.Hosting;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Which versions of a resource are asked for (R4 http.html#history). Pure.</summary>
internal sealed record HistoryRequest(int Count, string? Since, long SinceMilliseconds, int? Before)
{
    private const string Cursor = "_cursor";

    /// <exception cref="RefusedException">A parameter is not understood, or its value is wrong (400).</exception>
    public static HistoryRequest Read(IQueryCollection query, HttpLimits limits)
    {
        if (query.Keys.FirstOrDefault(name => name is not ("_count" or "_since" or Cursor or "_format" or "_pretty")) is { } other)
        {
            throw Invalid("A history takes _count and _since.", other);
        }

        string since = query["_since"].ToString();
        long low = long.MinValue;
        if (since.Length > 0 && !FhirDates.TryRange(since.Replace(' ', '+'), out low, out _))
        {
            throw Invalid("The value is no date; write it as 2024-05-17T08:00:00Z.", "_since");
        }

        int count = Number(query["_count"].ToString(), "_count") is { } asked ? Math.Min(asked, limits.FhirPageSize) : limits.FhirPageSize;
        return new HistoryRequest(count, since.Length > 0 ? since : null, low, Number(query[Cursor].ToString(), Cursor));
    }

    /// <summary>How many versions there are, those of the page, and where the next begins.</summary>
    /// <param name="versions">All versions, newest first.</param>
    public (int Total, IReadOnlyList<ResourceVersion> Page, string? Next) Of(IReadOnlyList<ResourceVersion> versions)
    {
        ResourceVersion[] wanted = [.. versions.Where(version => version.LastUpdated.ToUnixTimeMilliseconds() >= SinceMilliseconds)];
        ResourceVersion[] rest = [.. wanted.Where(version => version.Version < (Before ?? int.MaxValue))];
        ResourceVersion[] page = [.. rest.Take(Count)];
        return (wanted.Length, page, page.Length > 0 && page.Length < rest.Length ? page[^1].Version.ToString(CultureInfo.InvariantCulture) : null);
    }

    public string Self(string root) => Address(root, Before?.ToString(CultureInfo.InvariantCulture));

    public string Next(string root, string before) => Address(root, before);

    private string Address(string root, string? before)
    {
        List<string> parameters = [string.Create(CultureInfo.InvariantCulture, $"_count={Count}")];
        if (Since is not null)
        {
            parameters.Add("_since=" + Uri.EscapeDataString(Since));
        }

        if (before is not null)
        {
            parameters.Add($"{Cursor}={before}");
        }

        return $"{root}?{string.Join('&', parameters)}";
    }

    private static int? Number(string value, string name) =>
        value.Length == 0 ? null
        : value.Length < 40 && decimal.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out decimal number)
            ? (int)Math.Min(number, int.MaxValue)
            : throw Invalid("The parameter takes a whole number.", name);

    private static RefusedException Invalid(string diagnostics, string parameter) =>
        new(StatusCodes.Status400BadRequest, "invalid", diagnostics, "http.parameter." + parameter);
}
