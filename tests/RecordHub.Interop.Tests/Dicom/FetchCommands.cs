using System.Globalization;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Cli;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Runs <c>dicom find</c>, <c>get</c> and <c>move</c> against a peer, and reads their last line.</summary>
internal static class FetchCommands
{
    /// <summary>Runs a command to its end, as RECORDHUB.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string called, int port, string command, params string[] arguments)
    {
        StringWriter output = new(CultureInfo.InvariantCulture);
        StringWriter error = new(CultureInfo.InvariantCulture);
        int exitCode = await RunAsync(
            called, port, command, arguments, output, error, TestContext.CurrentContext.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command, and cancels it at the first line of its JSON or its messages that holds the word.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAndCancelAsync(
        string word, string called, int port, string command, params string[] arguments)
    {
        using CancellationTokenSource cancel =
            CancellationTokenSource.CreateLinkedTokenSource(TestContext.CurrentContext.CancellationToken);
        CancellingWriter output = new(word, cancel);
        CancellingWriter error = new(word, cancel);
        int exitCode = await RunAsync(called, port, command, arguments, output, error, cancel.Token);
        return (exitCode, output.ToString(), error.ToString());
    }

    public static (int Listed, int Held, int Received, int Missing) Summary(string output)
    {
        JsonNode summary = SummaryOf(output);
        return (summary["listed"]!.GetValue<int>(), summary["held"]!.GetValue<int>(), summary["received"]!.GetValue<int>(),
            summary["missing"]!.GetValue<int>());
    }

    /// <summary>The sub-operations that were completed, as the peer counts them.</summary>
    public static int Completed(string output) => SummaryOf(output)["subOperations"]!["completed"]!.GetValue<int>();

    private static JsonNode SummaryOf(string output) =>
        JsonNode.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!["summary"]!;

    private static Task<int> RunAsync(
        string called, int port, string command, string[] arguments, TextWriter output, TextWriter error,
        CancellationToken token) => CommandLine.RunAsync(
        ["dicom", command, $"127.0.0.1:{port}", "--aec", called, "--aet", "RECORDHUB", .. arguments, "--json"], output, error, token);
}
