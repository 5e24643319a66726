using System.Globalization;
using Npgsql;

namespace RecordHub.Interop.Tests.Fleets;

/// <summary>What the database says became of all that came in.</summary>
internal sealed record ChaosCount
{
    public required int Items { get; init; }

    public required int Filed { get; init; }

    public required int Held { get; init; }

    public required int Rejected { get; init; }

    /// <summary>Items of which nothing became.</summary>
    public required int Without { get; init; }

    /// <summary>Why the pipeline gave items up, each by its evidence.</summary>
    public required IReadOnlyList<string> GivenUp { get; init; }

    /// <summary>Contents, instances of a case or resources that are there twice.</summary>
    public required int Doubles { get; init; }

    public required IReadOnlySet<string> SopInstanceUids { get; init; }

    public required IReadOnlySet<string> ItemIds { get; init; }

    public static async Task<ChaosCount> OfAsync(string connection, CancellationToken token)
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(connection);
        return new ChaosCount
        {
            Items = await NumberAsync(database, "SELECT count(*) FROM item", token),
            Filed = await NumberAsync(database, OfState("Filed"), token),
            Held = await NumberAsync(database, OfState("Held"), token),
            Rejected = await NumberAsync(database, OfState("Rejected") + " AND reason <> ''", token),
            Without = await NumberAsync(
                database, "SELECT count(*) FROM item WHERE NOT EXISTS (SELECT FROM record WHERE item_id = item.id)", token),
            GivenUp = [.. await TextsAsync(
                database, "SELECT evidence FROM record WHERE reason = 'processing-failed'", token)],
            Doubles = await NumberAsync(
                database,
                """
                SELECT (SELECT count(*) - count(DISTINCT (content, sop_instance_uid, case_number)) FROM item)
                  + (SELECT count(*) - count(DISTINCT (case_number, sop_uid)) FROM instance)
                  + (SELECT count(*) - count(DISTINCT sop_instance_uid) FROM item WHERE sop_instance_uid <> '')
                """,
                token),
            SopInstanceUids = await TextsAsync(
                database, "SELECT sop_instance_uid FROM item WHERE sop_instance_uid <> ''", token),
            ItemIds = await TextsAsync(database, "SELECT encode(id, 'hex') FROM item", token),
        };
    }

    /// <summary>How many records there are now; null when the database does not tell.</summary>
    public static async Task<int?> RecordsAsync(string connection, CancellationToken token)
    {
        try
        {
            await using NpgsqlDataSource database = NpgsqlDataSource.Create(connection + ";Timeout=2;Command Timeout=2;Pooling=false");
            return await NumberAsync(database, "SELECT count(*) FROM record", token);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static string OfState(string state) => $"SELECT count(DISTINCT item_id) FROM record WHERE state = '{state}'";

    private static async Task<int> NumberAsync(NpgsqlDataSource database, string sql, CancellationToken token)
    {
        await using NpgsqlCommand command = database.CreateCommand(sql);
        return Convert.ToInt32(await command.ExecuteScalarAsync(token), CultureInfo.InvariantCulture);
    }

    private static async Task<IReadOnlySet<string>> TextsAsync(NpgsqlDataSource database, string sql, CancellationToken token)
    {
        await using NpgsqlCommand command = database.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token);
        HashSet<string> texts = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(token))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
