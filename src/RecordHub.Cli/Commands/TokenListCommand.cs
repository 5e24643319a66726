using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub token list</c>.</summary>
internal static class TokenListCommand
{
    public static Command Create() => HubCommand.Described("list", "List the tokens, without their secrets", "token list")
        .Runs(files: false, async (hub, output, _, cancellationToken) =>
        {
            IReadOnlyList<TokenView> tokens = await hub.ListTokensAsync(cancellationToken);
            output.Show(tokens, HubJson.Default.IReadOnlyListTokenView, list => output.Table(
                ["Id", "Name", "Role", "Cases", "Tenant", "Site", "Made", "Revoked"], list.Select(IReadOnlyList<string> (token) =>
                [
                    token.Id, token.Name, token.Role, string.Join(", ", token.Cases), token.Tenant ?? "all",
                    token.Site ?? string.Empty, $"{token.CreatedAt:u}",
                    token.RevokedAt is { } at ? $"{at:u}" : string.Empty,
                ])));
            return ExitCodes.Done;
        });
}
