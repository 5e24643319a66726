using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Sites;
using RecordHub.Core.Access;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub site add</c>.</summary>
internal static class SiteAddCommand
{
    public static Command Create()
    {
        Argument<string> name = new("name") { Description = "The site's name; unique" };
        Option<string?> title = Text("--ae", "TITLE", "The AE title it calls from and is called by");
        Option<string?> address = Text("--address", "LIST", "Addresses and networks it calls from, such as 192.0.2.7,10.1.0.0/16");
        Option<string?> host = Text("--host", "HOST", "The name or address at which it is called (default: its one address)");
        Option<string?> port = Text("--port", "PORT", "The port at which it is called");
        Option<bool> tls = new("--tls") { Description = "It is called over TLS" };
        Option<string?> certificate = Text(
            "--certificate", "NAME", "Its certificate: SHA-256 fingerprint, subject, or a name in it; nobody else calls with its title");
        Option<string?> fhir = Text("--fhir", "URL", "The base of its FHIR interface");
        Option<string?> dicomWeb = Text("--dicomweb", "URL", "The base of its DICOMweb interface");
        Option<string?> verbs = Text("--verbs", "LIST", "What it may ask: echo,store,commit,find,move,get (default echo,store,commit)");
        Option<string?> sees = Text("--sees", "own|all", "What it finds: what it sent itself, or all of its tenant's (default own)");
        Option<string?> issuer = Text("--default-issuer", "ISSUER", "The issuer of patient identifiers that name none");
        Option<string?> destination = Text(
            "--move-destination", "TITLE", "The AE title by which it knows us, to move instances to (for one that takes no C-GET)");
        Option<string?> every = Text("--pull-every", "SECONDS", "Ask it so often for what open cases lack (role puller)");
        Option<Tenant?> tenant = Symbols.Tenant("Whose site it is (default: of no tenant in particular)");
        Command command = HubCommand.Described(
            "add", "Add a referring site to the settings of the data folder",
            "site add North --ae NORTHPACS --address 192.0.2.7 --port 11112 --verbs echo,store,commit,find",
            name, title, address, host, port, tls, certificate, fhir, dicomWeb, verbs, sees, issuer, destination, every, tenant);
        command.SetAction(parsed =>
        {
            CommandContext context = new(parsed);
            SiteCommands.Options(context);
            string called = parsed.GetRequiredValue(name).Trim();
            SiteOptions added = SettingsFile.Add(context.Data, called, SiteJson.Of(
            [
                ("Name", called), ("AeTitle", parsed.GetValue(title)), ("Address", parsed.GetValue(address)),
                ("Host", parsed.GetValue(host)), ("Port", parsed.GetValue(port)),
                ("Tls", parsed.GetValue(tls) ? "true" : null), ("Certificate", parsed.GetValue(certificate)),
                ("FhirUrl", parsed.GetValue(fhir)),
                ("DicomWebUrl", parsed.GetValue(dicomWeb)), ("Verbs", parsed.GetValue(verbs)),
                ("Sees", parsed.GetValue(sees)), ("Tenant", parsed.GetValue(tenant)?.ToString()),
                ("DefaultIssuer", parsed.GetValue(issuer)), ("MoveDestination", parsed.GetValue(destination)),
                ("PullSeconds", parsed.GetValue(every)),
            ]));
            context.Output.Show(SiteView.Of(added), HubJson.Default.SiteView, site => context.Output.Line(
                $"{site.Name} is added. A service that runs on {context.Data} knows it when it is started again."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };
}
