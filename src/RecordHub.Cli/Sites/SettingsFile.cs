using RecordHub.Server.Hosting;
using RecordHub.Storage;

namespace RecordHub.Cli.Sites;

/// <summary>The data folder's settings: changed as a whole or not at all, and only to what can be started.</summary>
internal static class SettingsFile
{
    /// <summary>Writes a site into them, and gives the site as it is read from there.</summary>
    /// <exception cref="CommandException">The service would not start with it, or not know it; the file is as it was.</exception>
    public static SiteOptions Add(string data, string name, string site)
    {
        PrivateFolder.Create(data);
        string path = Path.Combine(data, RecordHubOptions.SettingsFile);
        byte[] changed = SettingsText.AddSite(File.Exists(path) ? File.ReadAllBytes(path) : [], site);
        SiteOptions added = Read(data, name, changed);
        DurableFile.Write(path, changed);
        return added;
    }

    private static SiteOptions Read(string data, string name, byte[] settings)
    {
        try
        {
            using MemoryStream text = new(settings);
            return RecordHubOptions.Load(data, new Dictionary<string, string?>(), text).Sites
                .FirstOrDefault(one => one.Name == name)
                ?? throw new CommandException(
                    $"{name} is not added: RECORDHUB__Sites__… of the environment would hide it.",
                    "Take the sites out of the environment, or write this one there.");
        }
        catch (StartRefusedException refused)
        {
            throw new CommandException($"{name} is not added: the service would not start with it.", refused.Message);
        }
    }
}
