using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Server.Telemetry;

namespace RecordHub.Server.Tests.Telemetry;

internal sealed class LogFormatterTests
{
    private static readonly FakeTimeProvider s_time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Test]
    public void Text_is_one_line_with_time_level_category_and_event() => Assert.That(
        Write(new TextLogFormatter(s_time), null),
        Is.EqualTo("2026-05-01T12:00:00.000Z warn: RecordHub.Test[7] 3 are here\n"));

    [Test]
    public void Json_is_one_object_on_one_line_with_what_the_message_names_beside_it()
    {
        string line = Write(new JsonLogFormatter(s_time), null);
        JsonElement read = JsonDocument.Parse(line).RootElement;

        Assert.That(line.TrimEnd('\n'), Does.Not.Contain("\n"));
        Assert.That(read.GetProperty("timestamp").GetDateTimeOffset(), Is.EqualTo(s_time.GetUtcNow()));
        Assert.That(read.GetProperty("level").GetString(), Is.EqualTo("Warning"));
        Assert.That(read.GetProperty("event").GetInt32(), Is.EqualTo(7));
        Assert.That(read.GetProperty("message").GetString(), Is.EqualTo("3 are\nhere"));
        Assert.That(read.GetProperty("fields").GetProperty("Count").GetInt32(), Is.EqualTo(3));
        Assert.That(read.TryGetProperty("exception", out _), Is.False);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void An_exception_is_told_by_its_types_and_places_and_never_by_its_text(bool json)
    {
        ConsoleFormatter formatter = json ? new JsonLogFormatter(s_time) : new TextLogFormatter(s_time);
        string text = Write(formatter, Thrown());

        Assert.That(text, Does.Contain("System.InvalidOperationException").And.Contain("System.FormatException"));
        Assert.That(text, Does.Contain(nameof(Thrown)));
        Assert.That(text, Does.Not.Contain("Erika").And.Not.Contain("Muster"));
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            try
            {
                throw new FormatException("'Erika' is no number");
            }
            catch (FormatException inner)
            {
                throw new InvalidOperationException("Muster cannot be read", inner);
            }
        }
        catch (InvalidOperationException outer)
        {
            return outer;
        }
    }

    private static string Write(ConsoleFormatter formatter, Exception? exception)
    {
        using StringWriter output = new() { NewLine = "\n" };
        KeyValuePair<string, object?>[] state = [new("Count", 3), new("{OriginalFormat}", "{Count} are\nhere")];
        formatter.Write(
            new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
                LogLevel.Warning, "RecordHub.Test", new EventId(7), state, exception, static (_, _) => "3 are\nhere"),
            null, output);
        return output.ToString();
    }
}
