using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Identity;
using RecordHub.Core.Tests.Stores;

namespace RecordHub.Core.Tests.Cases;

public sealed class CaseDeskTests
{
    private static readonly PatientIdentifier s_identifier = new("urn:oid:1.2.3", "77");

    [Test]
    public async Task A_new_case_takes_records_at_once()
    {
        CaseFile file = await new Office().OpenAsync(Office.Asked(identifiers: s_identifier));

        Assert.That(file.Number, Is.EqualTo(new CaseNumber(1)));
        Assert.That(file.IsOpen, Is.True);
        Assert.That(file.Patient.Identifiers.Single(), Is.EqualTo(new PatientIdentifier("1.2.3", "77")));
    }

    [Test]
    public async Task What_is_wrong_is_said_with_what_to_do()
    {
        Office office = new();
        NewCase good = Office.Asked();
        foreach (NewCase bad in new[]
        {
            good with { Specialty = "dentistry" }, good with { BirthDate = "1961-02-30" }, good with { BirthDate = "1961" },
            good with { Question = " " }, good with { Sex = "x" }, good with { Family = "" },
            good with { Identifiers = [new PatientIdentifier("", "5")] },
        })
        {
            CaseCreation outcome = await office.Cases.CreateAsync(bad, CancellationToken.None);

            Assert.That(outcome, Is.InstanceOf<CaseCreation.Refused>());
            Assert.That(((CaseCreation.Refused)outcome).Advice, Is.Not.Empty);
        }

        Assert.That(await office.Cases.ListAsync(AccessScope.All, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task Nobody_is_born_after_today_wherever_on_earth_it_is_the_latest()
    {
        Office office = new();
        DateTimeOffset latest = office.Time.GetUtcNow().AddHours(14);

        CaseCreation today = await office.Cases.CreateAsync(Office.Asked(birthDate: $"{latest:yyyy-MM-dd}"), CancellationToken.None);
        CaseCreation tomorrow = await office.Cases.CreateAsync(Office.Asked(birthDate: $"{latest.AddDays(1):yyyy-MM-dd}"), CancellationToken.None);
        CaseCreation mistyped = await office.Cases.CreateAsync(Office.Asked(birthDate: "2961-04-09"), CancellationToken.None);

        Assert.That(today, Is.InstanceOf<CaseCreation.Created>());
        Assert.That((tomorrow as CaseCreation.Refused)?.Error, Does.Contain("has not come yet"));
        Assert.That((mistyped as CaseCreation.Refused)?.Advice, Does.Contain("year"));
    }

    [Test]
    public async Task A_known_patient_is_the_same_patient_again()
    {
        Office office = new();
        CaseFile first = await office.OpenAsync(Office.Asked(identifiers: s_identifier));
        CaseFile second = await office.OpenAsync(Office.Asked(identifiers: s_identifier));

        Assert.That(second.Patient.Id, Is.EqualTo(first.Patient.Id));
        Assert.That(second.Number, Is.Not.EqualTo(first.Number));
    }

    [Test]
    public async Task An_identifier_of_somebody_else_is_refused()
    {
        Office office = new();
        await office.OpenAsync(Office.Asked(identifiers: s_identifier));

        CaseCreation outcome = await office.Cases.CreateAsync(
            Office.Asked(family: "Andersfall", identifiers: s_identifier), CancellationToken.None);

        Assert.That(outcome, Is.InstanceOf<CaseCreation.Refused>());
    }

    [Test]
    public async Task An_empty_case_lacks_what_its_checklist_requires_and_the_letter_asks_for_it()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked());

        ChecklistReport? missing =
            (await office.Cases.MissingAsync(file.Number, AccessScope.All, CancellationToken.None))?.Checklist;
        string? letter = await office.Cases.LetterAsync(file.Number, AccessScope.All, CancellationToken.None);

        Assert.That(missing?.Findings[0].IsBlocker, Is.True);
        Assert.That(missing?.Findings[^1].Outcome, Is.EqualTo(ChecklistOutcome.Present));
        foreach (ChecklistFinding blocker in missing?.Blockers ?? [])
        {
            Assert.That(letter, Does.Contain(blocker.AskText));
        }
    }

    [Test]
    public async Task The_resources_of_a_case_are_what_R4_wants()
    {
        CaseFile file = await new Office().OpenAsync(Office.Asked(identifiers: s_identifier));

        string[] json = [.. CaseResources.Of(file).Select(one => Encoding.UTF8.GetString(one.Json.Span))];

        Assert.That(json[0], Does.Contain("\"system\":\"urn:oid:1.2.3\"").And.Contain("\"birthDate\":\"1961-04-09\""));
        Assert.That(json[1], Does.Contain("v2-0336").And.Contain("\"status\":\"active\"").And.Contain("surgery"));
        Assert.That(json[2], Does.Contain("\"status\":\"in-progress\"").And.Contain("compiling"));
    }
}
