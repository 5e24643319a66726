using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>
/// The modifier <c>:exact</c>. The index keeps text without case and accents: what it finds is read, and kept where the resource
/// itself has the text as it is written (R4 search.html §string).
/// </summary>
internal static class ExactTexts
{
    /// <summary>Narrows the conditions to the resources that have the exact texts; they hold for these alone then.</summary>
    internal static async ValueTask NarrowAsync(Session session, ResourceQuery query, ResourceConditions conditions)
    {
        ResourceFilter[] exact = [.. query.Filters.Where(filter => filter.Values.Any(IsExact))];
        if (exact.Length == 0)
        {
            return;
        }

        List<long?> keys = await session.QueryAsync(
            $"SELECT r.key, r.type, r.json FROM resource r WHERE {conditions.Sql}",
            row => exact.All(filter => Holds(filter, row.GetString(1), row.GetBytes(2))) ? row.GetInt64(0) : (long?)null,
            [.. conditions.Parameters]).ConfigureAwait(false);
        conditions.Narrow(keys.OfType<long>());
    }

    private static bool Holds(ResourceFilter filter, string type, ReadOnlySpan<byte> json)
    {
        foreach (FilterValue value in filter.Values)
        {
            if (value is FilterValue.Text { AsWritten: { } text } && FhirIndexer.HasText(type, filter.Parameter, text, json))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsExact(FilterValue value) => value is FilterValue.Text { AsWritten: not null };
}
