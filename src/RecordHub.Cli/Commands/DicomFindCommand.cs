using System.CommandLine;
using System.Text;
using System.Text.Json;
using RecordHub.Cli.Dicom;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Json;
using RecordHub.Dicom.Network;
using RecordHub.Server.Pulling;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom find</c>.</summary>
internal static class DicomFindCommand
{
    public static Command Create()
    {
        DicomPeerOptions peer = new();
        DicomKeyOptions keys = new();
        Option<int?> limit = new("--limit") { Description = "Cancel after this many matches", HelpName = "N" };
        Command command = HubCommand.Described(
            "find", "Ask a DICOM node what it has, by C-FIND; --json prints a line of DICOM JSON for each match",
            "dicom find 127.0.0.1:11112 --level STUDY -k 'PatientName=MUSTER*' -k StudyDate=20260101- -k StudyDescription",
            [peer.Address, keys.Keys, keys.Level, limit, keys.PatientRoot, peer.Called, peer.Calling, .. peer.Tls.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            DicomDataSet identifier = keys.Identifier(parsed);
            int most = parsed.GetValue(limit) ?? int.MaxValue;
            List<DicomDataSet> matches = [];
            bool unsupported = false;
            bool peerCancelled = false;
            int count = 0;
            DicomPeer node = peer.Peer(parsed);
            NodeCaller caller = DicomNode.Call(
                node, keys.LevelOf(parsed) == "PATIENT" ? [QueryModel.PatientRoot] : keys.Models(parsed));
            bool Take(FindMatch match)
            {
                unsupported |= match.HasUnsupportedKeys;
                if (count < most)
                {
                    Show(context, match.Identifier, matches);
                }

                return ++count < most;
            }

            try
            {
                await DicomNode.ExplainAsync(node, () => caller.CallAsync(
                    ContextPlan.Queries(QueryService.Find), [],
                    async (association, giveUp) =>
                    {
                        QueryResult result = await association.FindAsync(
                            new OutgoingQuery
                            {
                                Model = caller.ModelOf(association, QueryService.Find),
                                Identifier = identifier,
                                Cancelling = cancellationToken,
                            },
                            Take, giveUp);
                        peerCancelled = result.Status == DimseStatus.Cancelled && count < most
                            && !cancellationToken.IsCancellationRequested;
                        return result.Status is DimseStatus.Success or DimseStatus.Cancelled
                            ? true
                            : throw new QueryRefusedException(result);
                    },
                    cancellationToken));
            }
            finally
            {
                // Also of a search that was cancelled or broke: what was found was found.
                ShowTable(context, identifier, matches);
                string more = count >= most ? " (limited by --limit)" : string.Empty;
                context.Output.Note($"{Math.Min(count, most)} matches{more}.");
            }

            if (unsupported)
            {
                context.Output.Note("The peer does not support all of these keys: some may match everything.");
            }

            if (peerCancelled)
            {
                context.Output.Failure(
                    "The peer cancelled the search: there may be more.", "Ask for less, or again later; see the peer's log.");
                return count > 0 ? ExitCodes.Attention : ExitCodes.Failed;
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(CommandContext context, DicomDataSet match, List<DicomDataSet> matches)
    {
        if (!context.Output.IsJson)
        {
            matches.Add(match);
            return;
        }

        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            DicomJsonWriter.Write(writer, match);
        }

        context.Ready.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void ShowTable(CommandContext context, DicomDataSet asked, List<DicomDataSet> matches)
    {
        if (matches.Count == 0)
        {
            return;
        }

        DicomTag[] columns = [.. asked.Select(key => key.Tag).Where(tag => tag != DicomTags.QueryRetrieveLevel)];
        context.Output.Table(
            [.. columns.Select(tag => DicomDictionary.KeywordOf(tag) is { Length: > 0 } keyword ? keyword : tag.ToString())],
            matches.Select(IReadOnlyList<string> (match) =>
                [.. columns.Select(tag => string.Join('\\', match.GetStrings(tag)))]));
    }
}
