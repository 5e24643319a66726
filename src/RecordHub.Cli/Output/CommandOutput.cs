using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RecordHub.Cli.Hub;
using Spectre.Console;

namespace RecordHub.Cli.Output;

/// <summary>
/// Writes for a person or for a program: with <c>--json</c> standard output holds JSON and nothing else, and what a person
/// wants to read goes to standard error.
/// </summary>
internal sealed class CommandOutput(TextWriter output, TextWriter error, bool json)
{
    private readonly Lock _lock = new();

    public bool IsJson { get; } = json;

    /// <summary>A console for people: standard output, or standard error when a program reads along.</summary>
    public IAnsiConsole Console { get; } = ConsoleOver(json ? error : output);

    /// <summary>A console on standard error, for progress.</summary>
    public IAnsiConsole Side { get; } = ConsoleOver(error);

    /// <summary>One JSON document, or one line of several.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type)
    {
        string text = TextOf(value, type);
        lock (_lock)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    /// <summary>The document for a program, or else what a person reads.</summary>
    public void Show<T>(T value, JsonTypeInfo<T> type, Action<T> forPeople)
    {
        if (IsJson)
        {
            Json(value, type);
        }
        else
        {
            forPeople(value);
        }
    }

    /// <summary>A line as it is, without wrapping and markup.</summary>
    public void Line(string text = "")
    {
        lock (_lock)
        {
            TextWriter writer = IsJson ? error : output;
            writer.WriteLine(text);
            writer.Flush();
        }
    }

    /// <summary>A line on standard error.</summary>
    public void Note(string text)
    {
        lock (_lock)
        {
            error.WriteLine(text);
            error.Flush();
        }
    }

    /// <summary>A table; cells are text, not markup.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        Console.Write(table);
    }

    /// <summary>What went wrong, and what to do.</summary>
    public void Failure(string message, string advice)
    {
        if (IsJson)
        {
            Note(TextOf(new FailureView(message, advice), HubJson.Default.FailureView));
        }
        else
        {
            Note(message);
            Note(advice);
        }
    }

    // Terminals and files are no web pages: quotes and letters stay as they are.
    private static string TextOf<T>(T value, JsonTypeInfo<T> type)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static IAnsiConsole ConsoleOver(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = System.Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = InteractionSupport.No,
        });
        if (System.Console.IsOutputRedirected)
        {
            console.Profile.Width = 140;
        }

        return console;
    }
}
