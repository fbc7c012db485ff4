import Application

await Essaim.start()
