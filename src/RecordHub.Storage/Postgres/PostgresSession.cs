using System.Globalization;
using Npgsql;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Postgres;

/// <summary>
/// The statements of one transaction on a connection. What needs no answer is kept, and sent in one round trip with the
/// next statement that needs one.
/// </summary>
internal sealed class PostgresSession(NpgsqlConnection connection, CancellationToken cancellationToken) : Session
{
    private const int MostRowsTogether = 128;

    private readonly List<NpgsqlBatchCommand> _waiting = [];
    private readonly HashSet<int> _locks = [];
    private int _unreadAnswers;

    internal override Dialect Dialect => PostgresDialect.Instance;

    internal override void Lock(IEnumerable<string> keys)
    {
        int[] locks = [.. keys.Select(LockKeys.Of).Distinct().Where(_locks.Add).Order()];
        if (locks.Length > 0)
        {
            Write(
                "SELECT pg_advisory_xact_lock($space, one) FROM unnest($keys) AS one", ("$space", LockKeys.Space),
                ("$keys", locks));
            _unreadAnswers++;
        }
    }

    internal override void Write(string sql, params ReadOnlySpan<(string Name, SqlValue Value)> parameters) =>
        _waiting.Add(Command(sql, parameters));

    internal override void Insert(string table, string columns, IReadOnlyList<SqlValue[]> rows)
    {
        // Powers of two, so that there are few different statements, which the server then knows already.
        for (int done = 0; done < rows.Count;)
        {
            int together = MostRowsTogether;
            while (together > rows.Count - done)
            {
                together /= 2;
            }

            _waiting.Add(Command(table, columns, [.. rows.Skip(done).Take(together)]));
            done += together;
        }
    }

    internal override ValueTask<int> ExecuteAsync(
        string sql, params ReadOnlySpan<(string Name, SqlValue Value)> parameters) =>
        ExecuteAsync(Command(sql, parameters));

    internal override ValueTask<List<T>> QueryAsync<T>(
        string sql, Func<Row, T> map, params ReadOnlySpan<(string Name, SqlValue Value)> parameters) =>
        QueryAsync(Command(sql, parameters), map);

    /// <summary>Sends what is still kept.</summary>
    internal async ValueTask FlushAsync()
    {
        if (_waiting.Count > 0)
        {
            await using NpgsqlBatch batch = Take();
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static NpgsqlBatchCommand Command(string sql, ReadOnlySpan<(string Name, SqlValue Value)> parameters)
    {
        NumberedSql numbered = NumberedSql.Of(sql);
        NpgsqlBatchCommand command = new(numbered.Text);
        foreach (string name in numbered.Names)
        {
            int i = 0;
            while (parameters[i].Name != name)
            {
                i++;
            }

            command.Parameters.Add(Parameter(parameters[i].Value));
        }

        return command;
    }

    private static NpgsqlBatchCommand Command(string table, string columns, SqlValue[][] rows)
    {
        NpgsqlBatchCommand command = new();
        List<string> values = [];
        foreach (SqlValue[] row in rows)
        {
            int first = command.Parameters.Count + 1;
            values.Add($"({string.Join(", ", Enumerable.Range(first, row.Length).Select(Number))})");
            foreach (SqlValue value in row)
            {
                command.Parameters.Add(Parameter(value));
            }
        }

#pragma warning disable CA2100 // constants of the stores and numbers; values are always parameters
        command.CommandText = $"INSERT INTO {table} ({columns}) VALUES {string.Join(", ", values)}";
#pragma warning restore CA2100
        return command;
    }

    private static string Number(int parameter) => string.Create(CultureInfo.InvariantCulture, $"${parameter}");

    private static NpgsqlParameter Parameter(SqlValue value) => new()
    {
        Value = value.ToObject() switch
        {
            null => DBNull.Value,
            string text => StorableText.Of(text),
            string[] texts => Array.ConvertAll(texts, StorableText.Of),
            { } other => other,
        },
    };

    private async ValueTask<int> ExecuteAsync(NpgsqlBatchCommand command)
    {
        _waiting.Add(command);
        await FlushAsync().ConfigureAwait(false);
        return command.RecordsAffected;
    }

    private async ValueTask<List<T>> QueryAsync<T>(NpgsqlBatchCommand command, Func<Row, T> map)
    {
        _waiting.Add(command);
        int unread = _unreadAnswers;
        await using NpgsqlBatch batch = Take();
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        for (; unread > 0; unread--)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        List<T> rows = [];
        PostgresRow row = new(reader);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(map(row));
        }

        return rows;
    }

    private NpgsqlBatch Take()
    {
        NpgsqlBatch batch = connection.CreateBatch();
        _waiting.ForEach(batch.BatchCommands.Add);
        _waiting.Clear();
        _unreadAnswers = 0;
        return batch;
    }
}
