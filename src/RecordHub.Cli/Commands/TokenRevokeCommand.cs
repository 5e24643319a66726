using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub token revoke</c>.</summary>
internal static class TokenRevokeCommand
{
    public static Command Create()
    {
        Argument<string> id = new("id") { Description = "The id of the token, as 'token list' shows it" };
        return HubCommand.Described("revoke", "Make a token invalid from now on", "token revoke 4f2a9c01b7de", id)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                string revoked = parsed.GetRequiredValue(id);
                await hub.RevokeTokenAsync(revoked, cancellationToken);
                output.Line($"Token {revoked} is revoked.");
                return ExitCodes.Done;
            });
    }
}
