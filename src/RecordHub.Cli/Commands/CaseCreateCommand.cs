using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case create</c>.</summary>
internal static class CaseCreateCommand
{
    public static Command Create()
    {
        Option<string> specialty = Text("--specialty", "oncology, neurology, cardiology or paediatrics");
        Option<string> family = Text("--family", "The patient's family name");
        Option<string> given = Text("--given", "The patient's given names");
        Option<string> birthDate = Text("--birth-date", "The patient's birth date, such as 1961-02-03");
        Option<string> question = Text("--question", "What the specialist is to answer");
        Option<string?> sex = new("--sex") { Description = "female, male, other or unknown", HelpName = "X" };
        Option<PatientIdentifier[]> identifiers = Symbols.Identifiers();
        Option<Tenant?> tenant = Symbols.Tenant("Whose case it is, where several organisations share one RecordHub (default: yours)");
        return HubCommand.Described(
            "create", "Open a case",
            "case create --specialty oncology --family Musterfall --given Synthia --birth-date 1961-02-03 "
            + "--identifier 'urn:oid:2.25.1001|SYN-4711' --question 'Is surgery still an option?'",
            specialty, family, given, birthDate, sex, identifiers, question, tenant)
            .Runs(files: true, async (hub, output, parsed, cancellationToken) =>
            {
                CreatedCaseView created = await hub.CreateCaseAsync(
                    new NewCase
                    {
                        Specialty = parsed.GetRequiredValue(specialty),
                        Family = parsed.GetRequiredValue(family),
                        Given = parsed.GetRequiredValue(given),
                        BirthDate = parsed.GetRequiredValue(birthDate),
                        Sex = parsed.GetValue(sex),
                        Identifiers = parsed.GetValue(identifiers) ?? [],
                        Question = parsed.GetRequiredValue(question),
                        Tenant = parsed.GetValue(tenant),
                    },
                    cancellationToken);
                output.Show(created, HubJson.Default.CreatedCaseView, view =>
                {
                    output.Line($"Case {view.Case} is open.");
                    output.Line($"  FHIR         ServiceRequest/{view.Id}");
                    output.Line($"  DICOM        send to the AE title {view.AeTitle}");
                    if (view.UploadLink is { } link)
                    {
                        output.Line($"  Upload link  {link}");
                        UploadLinkCommand.WriteAdvice(output, link);
                    }

                    output.Line($"Next: recordhub import PATH --case {view.Case}");
                });
                return ExitCodes.Done;
            }, makes: true);
    }

    private static Option<string> Text(string name, string description) => new(name) { Description = description, Required = true };
}
