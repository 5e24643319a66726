using System.CommandLine;
using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case list</c>.</summary>
internal static class CaseListCommand
{
    public static Command Create() => HubCommand.Described("list", "List the cases", "case list --json")
        .Runs(files: false, async (hub, output, _, cancellationToken) =>
        {
            IReadOnlyList<CaseLineView> cases = await hub.ListCasesAsync(cancellationToken);
            output.Show(cases, HubJson.Default.IReadOnlyListCaseLineView, list =>
            {
                if (list.Count == 0)
                {
                    output.Line("There is no case yet. Open one with 'recordhub case create'.");
                    return;
                }

                output.Table(["Case", "Status", "Specialty", "Patient", "Born", "Opened", "Tenant"], list.Select(IReadOnlyList<string> (line) =>
                [
                    line.Case.ToString(CultureInfo.InvariantCulture), line.Status, line.Specialty,
                    line.Status == CaseStatus.Purged ? string.Empty : $"{line.Family}, {line.Given}",
                    line.Status == CaseStatus.Purged ? string.Empty : line.BirthDate,
                    line.CreatedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), line.Tenant,
                ]));
            });
            return ExitCodes.Done;
        });
}
