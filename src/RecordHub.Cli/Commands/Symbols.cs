using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Cli.Commands;

/// <summary>Arguments and options that several commands take.</summary>
internal static class Symbols
{
    public static Argument<CaseNumber> Case() => new("case")
    {
        Description = "The number of the case",
        CustomParser = ParseCase,
    };

    public static Option<CaseNumber> CaseOption(string description, bool required = false) =>
        CaseOption("--case", description, required);

    public static Option<CaseNumber> CaseOption(string name, string description, bool required = true) => new(name)
    {
        Description = description,
        HelpName = "N",
        Required = required,
        CustomParser = ParseCase,
    };

    public static Option<Tenant?> Tenant(string description) => new("--tenant")
    {
        Description = description,
        HelpName = "T",
        CustomParser = result => Core.Access.Tenant.TryParse(result.Tokens[0].Value, out Tenant tenant)
            ? tenant
            : Refuse<Tenant?>(result, $"'{result.Tokens[0].Value}' is no tenant's name: {Core.Access.Tenant.Allowed}."),
    };

    public static Argument<RecordId> Record() => new("id")
    {
        Description = "The id of the record, as 'inbox list' shows it",
        CustomParser = result => RecordId.TryParse(result.Tokens[0].Value, out RecordId id)
            ? id
            : Refuse<RecordId>(result, $"'{result.Tokens[0].Value}' is no id of a record; see 'recordhub inbox list'."),
    };

    public static Option<InboxExtent> Extent()
    {
        Option<InboxExtent> extent = new("--of")
        {
            Description = "What it is for: this record, the whole study, or all that names the same patient",
            HelpName = "record|study|patient",
            DefaultValueFactory = _ => InboxExtent.Study,
        };
        extent.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "record", "study", "patient");
        return extent;
    }

    public static Option<PatientIdentifier[]> Identifiers() => new("--identifier")
    {
        Description = "A patient identifier with its issuer; may be repeated",
        HelpName = "ISSUER|ID",
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            List<PatientIdentifier> identifiers = [];
            foreach (Token token in result.Tokens)
            {
                if (IdentifierOf(token.Value) is not { } identifier)
                {
                    return Refuse<PatientIdentifier[]>(
                        result, "An --identifier has no issuer or no value; write it as 'ISSUER|ID', in quotes.");
                }

                identifiers.Add(identifier);
            }

            return [.. identifiers];
        },
    };

    public static Option<PatientIdentifier?> Patient() => new("--patient")
    {
        Description = "Only this patient's, by the identifier that the site has for them",
        HelpName = "ISSUER|ID",
        CustomParser = result => IdentifierOf(result.Tokens[0].Value)
            ?? Refuse<PatientIdentifier?>(
                result, "--patient has no issuer or no value; write it as 'ISSUER|ID', in quotes."),
    };

    public static Option<PatientIdentifier?> Identifier(string description) => new("--identifier")
    {
        Description = description,
        HelpName = "ISSUER|ID",
        CustomParser = result => IdentifierOf(result.Tokens[0].Value)
            ?? Refuse<PatientIdentifier?>(
                result, "--identifier has no issuer or no value; write it as 'ISSUER|ID', in quotes."),
    };

    public static Option<DateOnly?> Since() => new("--since")
    {
        Description = "Only studies of this date and later",
        HelpName = "D",
        CustomParser = result => DateOnly.TryParseExact(
            result.Tokens[0].Value, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : Refuse<DateOnly?>(result, $"'{result.Tokens[0].Value}' is no date; write it as 2026-01-31."),
    };

    public static Option<int> Version(string name, string description, bool required = true)
    {
        Option<int> option = new(name) { Description = description, HelpName = "V", Required = required };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int version) && version < 1)
            {
                result.AddError($"{name} is {version}; versions are counted from 1.");
            }
        });
        return option;
    }

    private static CaseNumber ParseCase(ArgumentResult result) => CaseNumber.TryParse(result.Tokens[0].Value, out CaseNumber number)
        ? number
        : Refuse<CaseNumber>(result, $"'{result.Tokens[0].Value}' is no number of a case; see 'recordhub case list'.");

    private static PatientIdentifier? IdentifierOf(string text)
    {
        int bar = text.LastIndexOf('|');
        return bar <= 0 || bar == text.Length - 1
            ? null
            : new PatientIdentifier(text[..bar].Trim(), text[(bar + 1)..].Trim());
    }

    [return: MaybeNull]
    private static T Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
