using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RecordHub.Cli.Hub;

/// <summary>Makes a sentence and an advice of an answer that is no success: our own form, or an OperationOutcome.</summary>
internal static class RemoteFailure
{
    public static CommandException Of(HttpStatusCode status, string body)
    {
        string advice = status switch
        {
            HttpStatusCode.Unauthorized => "Give a valid --token; the service writes its first one to admin.token in its data folder.",
            HttpStatusCode.Forbidden => "Use a token whose role allows it; see 'recordhub token list'.",
            HttpStatusCode.NotFound => "Check the number or id, and that --server names a RecordHub.",
            HttpStatusCode.InsufficientStorage => "The service's disk is full; free some space there.",
            _ => "See the service's log for details.",
        };
        string error = string.Create(CultureInfo.InvariantCulture, $"The service answered {(int)status}.");
        try
        {
            switch (JsonNode.Parse(body))
            {
                case JsonObject ours when ours["error"] is { } text:
                    return new CommandException(text.GetValue<string>(), ours["advice"]?.GetValue<string>() ?? advice);
                case JsonObject outcome when outcome["issue"] is JsonArray { Count: > 0 } issues && issues[0] is JsonObject issue:
                    JsonNode? said = issue["diagnostics"] ?? TextOf(issue["details"]);
                    return new CommandException(said?.GetValue<string>() ?? error, advice);
                default:
                    return new CommandException(error, advice);
            }
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException or ArgumentException)
        {
            return new CommandException(error, advice);
        }
    }

    private static JsonNode? TextOf(JsonNode? details) => details is JsonObject ? details["text"] : null;
}
