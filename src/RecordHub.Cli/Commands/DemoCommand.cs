using System.CommandLine;
using System.Net;
using RecordHub.Cli.Demo;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using RecordHub.Samples;
using RecordHub.Server.Api;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub demo</c>.</summary>
internal static class DemoCommand
{
    private const string AnyPort = "127.0.0.1:0";

    public static Command Create()
    {
        Option<bool> exit = new("--exit") { Description = "End after the story; exit code 0 only if everything was as expected" };
        Option<int> seed = new("--seed") { Description = "The same seed gives the same records", DefaultValueFactory = _ => 1 };
        Option<string> http = Endpoint("--http");
        Option<string> dicom = Endpoint("--dicom");
        Command command = HubCommand.Described(
            "demo", "Show the whole way of a case on this machine, with synthetic records and nothing to install", "demo --exit",
            exit, seed, http, dicom);
        command.SetAction((parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            if (context.IsRemote)
            {
                throw new CommandException(
                    "'demo' takes no --server: it starts its own service.", "Leave --server and RECORDHUB_SERVER away.", ExitCodes.Usage);
            }

            DemoOptions options = new(
                parsed.GetValue(seed), parsed.GetValue(GlobalOptions.Data), parsed.GetRequiredValue(http),
                parsed.GetRequiredValue(dicom));
            return RunAsync(options, context.Output, parsed.GetValue(exit), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        DemoOptions options, CommandOutput output, bool exit, CancellationToken cancellationToken)
    {
        string scratch = Directory.CreateTempSubdirectory("recordhub-demo-").FullName;
        try
        {
            string data = options.Data ?? Path.Combine(scratch, "data");
            RecordHubOptions service = RecordHubOptions.Load(data, new Dictionary<string, string?>
            {
                ["Http:Endpoint"] = options.Http,
                ["Dicom:Endpoint"] = options.Dicom,
                ["Dicom:AcceptUnknownCallers"] = "true",
            });
            await using RecordHubHost host = await RecordHubHost.StartAsync(service, cancellationToken, EmbeddedHub.NoLog);
            (IPEndPoint http, IPEndPoint dicom) = (host.Http, host.Dicom) switch
            {
                ({ } web, { } archive) => (web, archive),
                _ => throw new CommandException("The service has no doors.", "Leave the setting Roles away."),
            };
            string token = (await File.ReadAllTextAsync(Path.Combine(data, "admin.token"), cancellationToken)).Trim();
            int result = await TellAsync(options, host, http, dicom, token, Path.Combine(scratch, "records"), output, cancellationToken);
            if (!exit)
            {
                output.Line();
                output.Line("The service stays up; Ctrl-C ends it.");
                await StayAsync(host, cancellationToken);
            }

            await host.StopAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<int> TellAsync(
        DemoOptions options, RecordHubHost host, IPEndPoint http, IPEndPoint dicom, string token, string records,
        CommandOutput output, CancellationToken cancellationToken)
    {
        using DemoWeb web = new(http, token);
        EmbeddedHub hub = new(host);
        DemoStory story = new(hub, web, dicom, SampleCase.Generate(options.Seed), records, output);
        output.Line($"RecordHub runs on this machine: HTTP {http}, DICOM {dicom} (AE RECORDHUB). All records are synthetic.");
        CreatedCaseView opened = await story.TellAsync(cancellationToken);
        output.Line();
        output.Line("Look around");
        output.Line("───────────");
        output.Line($"  Console    {web.Address}console");
        output.Line($"  Package    curl -H 'Authorization: Bearer {token}' '{web.Address}{DemoWeb.PackagePath(opened.Id)}'");
        output.Line($"  DICOMweb   curl -H 'Authorization: Bearer {token}' '{web.Address}cases/{opened.Case}/dicomweb/studies'");
        output.Line($"  CLI        recordhub case show {opened.Case} --server {web.Address} --token {token}");
        output.Line();
        DemoExpectations expectations = story.Expectations;
        output.Line(expectations.AllMet
            ? "Everything was as expected."
            : $"{expectations.Missed.Count} thing(s) were not as expected: {string.Join("; ", expectations.Missed)}.");
        return expectations.AllMet ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task StayAsync(RecordHubHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.WaitForStopAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C: the way the demonstration ends.
        }
    }

    private static Option<string> Endpoint(string name) => new(name)
    {
        Description = "Where it listens (default any free port of 127.0.0.1)",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => AnyPort,
    };
}
