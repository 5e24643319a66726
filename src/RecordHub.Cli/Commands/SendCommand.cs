using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Sites;
using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Server.Hosting;
using RecordHub.Storage;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub send</c>.</summary>
internal static class SendCommand
{
    private static readonly Argument<string> s_what = What();
    private static readonly Option<string> s_to = new("--to")
    {
        Description = "The configured name of the site",
        HelpName = "SITE",
        Required = true,
    };

    private static readonly Option<CaseNumber> s_case = Symbols.CaseOption("Of a study, only what is filed to this case");
    private static readonly Option<bool> s_resume = new("--resume")
    {
        Description = "Go on with a sending that was broken off: pass over what the site has stored",
    };

    private static readonly Option<bool> s_reconciled = new("--reconciled")
    {
        Description = "Instances name the case's patient; what they came with stays in their Original Attributes Sequence",
    };

    private static readonly Option<bool> s_commit = new("--commit")
    {
        Description = "Ask for storage commitment of what the site has stored",
    };

    private static readonly Option<int> s_wait = CommitWait.Option();

    public static Command Create()
    {
        Command command = HubCommand.Described(
            "send", "Send the DICOM instances of a study or a case to a site: by C-STORE, or by STOW-RS where it has only DICOMweb",
            "send 1 --to North --resume", s_what, s_to, s_case, s_resume, s_reconciled, s_commit, s_wait);
        command.Validators.Add(result =>
        {
            if (result.GetResult(s_what) is { Tokens: [var what, ..] })
            {
                bool isCase = CaseNumber.TryParse(what.Value, out _);
                if (isCase && !result.GetValue(s_case).IsNone)
                {
                    result.AddError("The case was named twice: --case goes with a Study Instance UID.");
                }
                else if (!isCase && result.GetValue(s_reconciled) && result.GetValue(s_case).IsNone)
                {
                    result.AddError("--reconciled needs to know whose patient: name the case of the study with --case N.");
                }
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        CommandContext context = new(parsed);
        await context.RequireStoreAsync(cancellationToken);
        await using EmbeddedHub hub = await context.OpenFolderAsync(files: false, cancellationToken);
        SiteOptions site = SitePeer.Find(hub.Options, parsed.GetRequiredValue(s_to));
        DicomPeer? peer = SitePeer.Of(site, hub.Options);
        bool commits = parsed.GetValue(s_commit);
        if (peer is null && (commits || site.DicomWebUrl is null))
        {
            throw commits && site.DicomWebUrl is not null
                ? new CommandException(
                    $"{site.Name} is called by DICOMweb, which has no storage commitment.", "Leave --commit out.", ExitCodes.Usage)
                : new CommandException(
                    $"Nothing is configured by which {site.Name} could be sent to.",
                    "Give it AeTitle with Host and Port, or DicomWebUrl, in appsettings.json.");
        }

        string folder = Path.Combine(context.Data, "sends");
        PrivateFolder.Create(folder);
        string what = parsed.GetRequiredValue(s_what);
        bool isCase = CaseNumber.TryParse(what, out CaseNumber number);
        IReadOnlyList<OutgoingInstance> instances = await hub.ListOutgoingAsync(
            new SendRequest
            {
                Site = site,
                Study = isCase ? Uid.None : Uid.Parse(what),
                Case = isCase ? number : parsed.GetValue(s_case),
                Reconciled = parsed.GetValue(s_reconciled),
            },
            folder, cancellationToken);
        using SentJournal journal = Open(folder, site, what, parsed.GetValue(s_resume));
        HashSet<string> stored = [];
        SendReport report = new(context.Output);
        void Tell(SentInstance instance)
        {
            report.Tell(instance);
            if (instance.Sent)
            {
                stored.Add(instance.SopInstanceUid);
            }
        }

        int exitCode = report.End(
            await SendAsync(site, peer, instances, journal, Tell, context.Output.Note, cancellationToken), asJson: true);
        if (!commits || peer is null || stored.Count == 0)
        {
            return exitCode;
        }

        try
        {
            DicomCommitter committer = new(peer, CommitWait.Of(parsed, s_wait), TimeProvider.System, context.Output.Note);
            IReadOnlyList<CommittedInstance> told = await committer.CommitAsync(
                [.. instances.Where(one => stored.Contains(one.SopInstance.ToString()))], cancellationToken);
            return CommitReport.Tell(context.Output, told) == ExitCodes.Done ? exitCode : ExitCodes.Attention;
        }
        catch (CommandException unknown)
        {
            // It was sent and stored all the same.
            context.Output.Failure(unknown.Message, unknown.Advice);
            return ExitCodes.Attention;
        }
    }

    private static async Task<CommandException?> SendAsync(
        SiteOptions site, DicomPeer? peer, IReadOnlyList<OutgoingInstance> instances, SentJournal journal,
        Action<SentInstance> told, Action<string> noted, CancellationToken cancellationToken)
    {
        if (peer is not null)
        {
            return await new DicomSender(peer, TimeProvider.System, noted).SendAsync(instances, journal, told, cancellationToken);
        }

        using HttpClient http = new() { Timeout = TimeSpan.FromMinutes(30) };
        return await new StowSender(http, site.DicomWebUrl ?? throw new InvalidOperationException("Checked before."))
            .SendAsync(instances, journal, told, cancellationToken);
    }

    private static SentJournal Open(string folder, SiteOptions site, string what, bool resume)
    {
        byte[] key = SHA256.HashData(Encoding.UTF8.GetBytes($"{site.Name}\n{what}"));
        string path = Path.Combine(folder, Convert.ToHexStringLower(key.AsSpan(0, 8)) + ".journal");
        if (!resume)
        {
            File.Delete(path);
        }

        return SentJournal.Open(path, site.Name);
    }

    private static Argument<string> What()
    {
        Argument<string> what = new("what") { Description = "A Study Instance UID, or the number of a case" };
        what.Validators.Add(result =>
        {
            string text = result.Tokens[0].Value;
            if (!CaseNumber.TryParse(text, out _) && !Uid.TryParse(text, out _))
            {
                result.AddError($"'{text}' is no Study Instance UID and no number of a case.");
            }
        });
        return what;
    }
}
