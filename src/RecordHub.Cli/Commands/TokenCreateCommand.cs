using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub token create</c>.</summary>
internal static class TokenCreateCommand
{
    public static Command Create()
    {
        Option<string> name = new("--name") { Description = "Whom or what it is for", HelpName = "N", Required = true };
        Option<Role> role = new("--role")
        {
            Description = "administrator, coordinator, machine, referrer or specialist",
            HelpName = "R",
            Required = true,
        };
        role.AcceptOnlyFromAmong(
            StringComparer.OrdinalIgnoreCase, [.. Enum.GetNames<Role>().Select(static one => one.ToLowerInvariant())]);
        Option<CaseNumber> number = Symbols.CaseOption("The case that a specialist may read");
        Option<Tenant?> tenant = Symbols.Tenant(
            "Whose records its holder may see (default: yours; an administrator's without one sees all)");
        Option<string?> site = new("--site")
        {
            Description = "The configured site that sends by it: what comes is counted and kept as that site's",
            HelpName = "S",
        };
        return HubCommand.Described(
            "create", "Make a token; its secret is shown once", "token create --name 'PACS of North' --role referrer --site North",
            name, role, number, tenant, site)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                CaseNumber named = parsed.GetValue(number);
                TokenView token = await hub.CreateTokenAsync(
                    parsed.GetRequiredValue(name), parsed.GetRequiredValue(role), named.IsNone ? [] : [named],
                    parsed.GetValue(tenant), parsed.GetValue(site), cancellationToken);
                output.Show(token, HubJson.Default.TokenView, view =>
                {
                    output.Line($"Token {view.Id} for {view.Name} ({view.Role}). It is shown this once:");
                    output.Line(view.Token ?? string.Empty);
                });
                return ExitCodes.Done;
            }, makes: true);
    }
}
