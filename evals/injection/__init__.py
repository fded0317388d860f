"""Reports with orders to a machine in them: do they change anything?"""
