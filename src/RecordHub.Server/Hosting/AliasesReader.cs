using System.Globalization;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Hosting;

/// <summary>Reads the further AE titles that we are called by. Pure.</summary>
internal static class AliasesReader
{
    public static IReadOnlyList<CalledAlias> Read(Settings settings, string ours)
    {
        List<CalledAlias> aliases = [];
        foreach (string index in settings.Items("Dicom:Aliases"))
        {
            string prefix = $"Dicom:Aliases:{index}:";
            string title = OptionsReader.AeTitle(settings, prefix + "AeTitle")?.Trim(' ')
                ?? throw new StartRefusedException($"The setting {prefix}AeTitle is missing: an alias is an AE title.");
            if (title == ours || aliases.Any(other => other.AeTitle == title)
                || title.StartsWith(AeTitles.CasePrefix, StringComparison.Ordinal))
            {
                throw Settings.Wrong(
                    prefix + "AeTitle", title,
                    $"a title that is neither Dicom:AeTitle nor another alias, and does not begin with {AeTitles.CasePrefix}");
            }

            string? tenant = settings.Matching(
                prefix + "Tenant", Tenant.Allowed, text => Tenant.TryParse(text, out _));
            string? number = settings.Matching(
                prefix + "Case", "the number of a case", text => CaseNumber.TryParse(text, out _));
            if (tenant is null == number is null)
            {
                throw new StartRefusedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The alias {title} needs {prefix}Tenant or {prefix}Case, and not both: say what calls to it mean."));
            }

            CaseNumber named = CaseNumber.TryParse(number, out CaseNumber parsed) ? parsed : default;
            aliases.Add(new CalledAlias(title, tenant is null ? null : Tenant.Parse(tenant), named));
        }

        return aliases;
    }
}
